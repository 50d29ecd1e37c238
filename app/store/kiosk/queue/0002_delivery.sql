-- What became of each parcel, apart from its bytes: an acknowledgement rewrites no blob. The columns of the same names
-- in parcel are no longer read or written.
CREATE TABLE delivery (
    sequence     INTEGER PRIMARY KEY CHECK (sequence > 0),
    stored       INTEGER NOT NULL DEFAULT 0 CHECK (stored IN (0, 1)), -- the server said so of this very parcel
    acknowledged INTEGER NOT NULL DEFAULT 0,                          -- server's clock, Unix seconds; 0: not yet
    aside        TEXT                                                 -- why it steps aside
) STRICT;
INSERT INTO delivery (sequence, stored, acknowledged, aside)
    SELECT sequence, acknowledged <> 0, acknowledged, aside FROM parcel;
CREATE INDEX delivery_waiting ON delivery (sequence) WHERE acknowledged = 0 AND aside IS NULL;
CREATE INDEX delivery_aside ON delivery (sequence) WHERE acknowledged = 0 AND aside IS NOT NULL;
DROP INDEX parcel_waiting;
-- The newest link of the server's event chain that an acknowledgement showed here.
CREATE TABLE witness (
    epoch    TEXT PRIMARY KEY,
    sequence INTEGER NOT NULL,
    head     BLOB NOT NULL CHECK (length(head) = 32)
) STRICT;
