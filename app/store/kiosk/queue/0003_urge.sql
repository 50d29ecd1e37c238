-- How often people asked for what is overdue: counted, never who or at what time.
CREATE TABLE urge (
    place    TEXT NOT NULL,
    template TEXT NOT NULL,
    period   TEXT NOT NULL,
    count    INTEGER NOT NULL DEFAULT 0,
    told     INTEGER NOT NULL DEFAULT 0,                    -- of count, what the township has
    day      INTEGER NOT NULL DEFAULT 0,                    -- yyyymmdd of the last one, for the limit of a day
    today    INTEGER NOT NULL DEFAULT 0,                    -- on that day
    PRIMARY KEY (place, template, period)
) STRICT;
