-- The photograph of a signed sheet of paper is a file (blobs.h), sealed to the server; this is its name.
CREATE INDEX supervision_paper ON supervision (paper);
-- Tables as staff uploaded them, and the cells put right on the page since.
CREATE TABLE upload (
    id       INTEGER PRIMARY KEY,            -- from the counter: never one that was used before
    place    TEXT NOT NULL,
    template TEXT NOT NULL,
    period   TEXT NOT NULL,
    preparer INTEGER NOT NULL REFERENCES staff (id),
    time     INTEGER NOT NULL,
    file     BLOB NOT NULL                   -- exactly as it came
) STRICT;
INSERT INTO counter (name, value) VALUES ('upload', 0);
CREATE TRIGGER upload_stays BEFORE UPDATE ON upload BEGIN SELECT RAISE(ABORT, 'an original stays'); END;
CREATE TABLE correction (
    number INTEGER PRIMARY KEY,              -- in the order they were made; a later one of the same cell wins
    upload INTEGER NOT NULL REFERENCES upload (id),
    sheet  INTEGER NOT NULL,                 -- of the workbook, from 0
    line   INTEGER NOT NULL CHECK (line > 0), -- row and column as a spreadsheet shows them
    col    INTEGER NOT NULL CHECK (col > 0),
    was    TEXT NOT NULL,                    -- numbers that belong to a person starred
    becomes TEXT NOT NULL,
    staff  INTEGER NOT NULL REFERENCES staff (id),
    time   INTEGER NOT NULL
) STRICT;
CREATE INDEX correction_upload ON correction (upload, number);
CREATE TRIGGER correction_stays BEFORE UPDATE ON correction BEGIN SELECT RAISE(ABORT, 'corrections stay'); END;
ALTER TABLE draft ADD COLUMN upload INTEGER REFERENCES upload (id); -- NULL: of a release that kept no originals
ALTER TABLE draft ADD COLUMN corrected INTEGER NOT NULL DEFAULT 0; -- number of the last correction that is in the sheet
CREATE INDEX draft_upload ON draft (upload);
