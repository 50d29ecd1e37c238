CREATE TABLE meta (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT;      -- cursor, server_time
CREATE TABLE settings (
    one    INTEGER PRIMARY KEY CHECK (one = 1),
    serial INTEGER NOT NULL,
    bytes  BLOB NOT NULL                                    -- signed text as it came
) STRICT;
CREATE TABLE publication (
    number  INTEGER NOT NULL CHECK (number > 0),            -- within its place
    place   TEXT NOT NULL,
    bytes   BLOB NOT NULL,                                  -- signed text as it came
    visible INTEGER NOT NULL DEFAULT 0 CHECK (visible IN (0, 1)),
    PRIMARY KEY (place, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE sheet (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,             -- never used twice: the index keeps old numbers
    place    TEXT NOT NULL,
    template TEXT NOT NULL,
    period   TEXT NOT NULL,
    part     INTEGER NOT NULL,
    version  INTEGER NOT NULL,
    number   INTEGER NOT NULL,                              -- publication it came with
    newest   INTEGER NOT NULL DEFAULT 1 CHECK (newest IN (0, 1)),
    UNIQUE (place, template, period, part, version)
) STRICT;
CREATE TABLE record (
    sheet      INTEGER NOT NULL REFERENCES sheet (id) ON DELETE CASCADE,
    ordinal    INTEGER NOT NULL,                            -- 0, 1, 2 ... in published order
    line       TEXT NOT NULL,                               -- exact bytes of the row
    day        INTEGER NOT NULL,                            -- yyyymmdd; 0 when the template has none
    direction  INTEGER NOT NULL CHECK (direction IN (-1, 0, 1)),
    amount_fen INTEGER NOT NULL,
    account    TEXT NOT NULL,
    title      TEXT NOT NULL,
    party      TEXT NOT NULL,
    PRIMARY KEY (sheet, ordinal)
) STRICT, WITHOUT ROWID;
-- Words of a row as pairs of characters; rowid is sheet * 4096 + ordinal.
CREATE VIRTUAL TABLE search USING fts5 (words, content = '', detail = none, columnsize = 0,
                                        tokenize = "unicode61 remove_diacritics 0 tokenchars '.-_'");
CREATE TABLE capsule (
    locator BLOB PRIMARY KEY CHECK (length(locator) = 32),
    version INTEGER NOT NULL,
    bytes   BLOB NOT NULL
) STRICT, WITHOUT ROWID;
