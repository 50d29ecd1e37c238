-- What the rows of a published sheet add up to, so that a sheet is counted once and not at every start. Can be made
-- again from the sheets at any time.
CREATE TABLE counted (
    hash          BLOB NOT NULL CHECK (length(hash) = 32), -- of the sheet
    template      TEXT NOT NULL,
    rule          INTEGER NOT NULL,                        -- of counting; another rule counts anew
    rows          INTEGER NOT NULL,
    in_fen        INTEGER NOT NULL,
    out_fen       INTEGER NOT NULL,
    passed_fen    INTEGER NOT NULL,
    household_fen INTEGER NOT NULL,
    PRIMARY KEY (hash, template, rule)
) STRICT;
