CREATE TABLE parcel (
    sequence     INTEGER PRIMARY KEY CHECK (sequence > 0),  -- place in this kiosk's chain
    id           BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    bytes        BLOB NOT NULL,                             -- exactly as sealed
    hash         BLOB NOT NULL CHECK (length(hash) = 32),   -- of bytes; the next parcel carries it
    acknowledged INTEGER NOT NULL DEFAULT 0,                -- server's clock, Unix seconds; 0: not yet
    aside        TEXT                                       -- why the server refused it three times
) STRICT;
CREATE INDEX parcel_waiting ON parcel (sequence) WHERE acknowledged = 0;
CREATE TABLE head (
    one      INTEGER PRIMARY KEY CHECK (one = 1),
    sequence INTEGER NOT NULL,                              -- newest parcel ever made here
    hash     BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
INSERT INTO head (one, sequence, hash) VALUES (1, 0, zeroblob(32));
CREATE TABLE ack (
    one          INTEGER PRIMARY KEY CHECK (one = 1),
    epoch        TEXT NOT NULL,
    through      INTEGER NOT NULL,
    backed_up_to INTEGER NOT NULL,
    time         INTEGER NOT NULL,                          -- server's clock, Unix seconds
    bytes        BLOB NOT NULL                              -- signed text as it came
) STRICT;
CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT;
CREATE TABLE alarm (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    kind   TEXT NOT NULL,
    text   TEXT NOT NULL,
    day    INTEGER NOT NULL                                 -- yyyymmdd
) STRICT;
