-- Pictures that belong to rows: those a draft's rows carry, and those that are public. Their bytes are
-- files beside the database (blobs.h), each named by the BLAKE2b-256 of what is in it.
CREATE TABLE page (
    id       INTEGER PRIMARY KEY,
    draft    INTEGER NOT NULL REFERENCES draft (id),
    record   TEXT NOT NULL,                  -- id of the row
    rank     INTEGER NOT NULL,               -- order among the pages of the row
    hash     BLOB NOT NULL CHECK (length(hash) = 32),  -- of the picture that is to be public
    kept     BLOB CHECK (length(kept) = 32),     -- file of it, sealed to the server; NULL: it is public
    whole    BLOB CHECK (length(whole) = 32),    -- file of it without its boxes, sealed likewise
    original BLOB CHECK (length(original) = 32), -- file of what was uploaded, sealed to the office
    boxes    TEXT NOT NULL DEFAULT '',       -- black ones, in thousandths (picture.h)
    looked   INTEGER REFERENCES staff (id),  -- who saw that nothing private is left in it
    added    INTEGER NOT NULL,
    UNIQUE (draft, record, hash),
    CHECK (kept IS NOT NULL OR whole IS NULL)
) STRICT;
CREATE INDEX page_order ON page (draft, record, rank);
CREATE INDEX page_kept ON page (kept);
CREATE INDEX page_whole ON page (whole);
CREATE INDEX page_original ON page (original);
CREATE TABLE blob (
    hash  BLOB PRIMARY KEY CHECK (length(hash) = 32),
    bytes INTEGER NOT NULL,
    open  INTEGER NOT NULL CHECK (open IN (0, 1)) -- also on the open pages of the network
) STRICT;
