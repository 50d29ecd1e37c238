-- How often people at a kiosk asked for what is overdue: the kiosk's own total, never who or when.
CREATE TABLE urge (
    kiosk    BLOB NOT NULL,
    place    TEXT NOT NULL,
    template TEXT NOT NULL,
    period   TEXT NOT NULL,
    count    INTEGER NOT NULL,
    PRIMARY KEY (kiosk, place, template, period)
) STRICT;
CREATE INDEX urge_what ON urge (place, template, period);
