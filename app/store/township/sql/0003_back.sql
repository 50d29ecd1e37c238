-- What a back-up covers, what is missing, how much one kiosk may send.
INSERT INTO counter (name, value) VALUES ('generation', 0); -- batches committed; see epoch.h
-- Runs of numbers that are not there, below the newest. "Held" ones are there, but two different
-- letters claim them: they are never acknowledged.
CREATE TABLE gap (
    kiosk BLOB NOT NULL,
    first INTEGER NOT NULL,
    last  INTEGER NOT NULL CHECK (last >= first),
    held  INTEGER NOT NULL DEFAULT 0 CHECK (held IN (0, 1)),
    PRIMARY KEY (kiosk, first)
) STRICT;
INSERT INTO gap (kiosk, first, last)
    SELECT kiosk, before + 1, sequence - 1 FROM
        (SELECT kiosk, sequence, lag(sequence, 1, 0) OVER (PARTITION BY kiosk ORDER BY sequence) AS before FROM parcel) AS steps
    WHERE sequence > before + 1;
ALTER TABLE kiosk ADD COLUMN filled INTEGER NOT NULL DEFAULT 0;         -- gaps that closed later; a back-up begun before does not cover them
ALTER TABLE kiosk ADD COLUMN hour INTEGER NOT NULL DEFAULT 0;           -- hour the counts below belong to, since 1970
ALTER TABLE kiosk ADD COLUMN hour_letters INTEGER NOT NULL DEFAULT 0;
ALTER TABLE kiosk ADD COLUMN hour_bytes INTEGER NOT NULL DEFAULT 0;
ALTER TABLE kiosk ADD COLUMN hour_alarms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE kiosk ADD COLUMN hour_quarantined INTEGER NOT NULL DEFAULT 0;
ALTER TABLE quarantine ADD COLUMN id BLOB;                              -- of the parcel; cases point to it
CREATE INDEX quarantine_id ON quarantine (id);
CREATE INDEX alarm_kiosk ON alarm (kiosk, kind);
CREATE INDEX follow_up_locator ON follow_up (locator);
CREATE INDEX follow_up_matter ON follow_up (matter);
ALTER TABLE entry ADD COLUMN opening INTEGER NOT NULL DEFAULT 0;        -- tells only that the name was opened
