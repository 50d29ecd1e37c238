-- The office: who works here, which keys they hold, what they prepared, what they looked at.
-- Times are Unix seconds of the server.
CREATE TABLE staff (
    id         INTEGER PRIMARY KEY,
    login      TEXT NOT NULL UNIQUE,
    name       TEXT NOT NULL,
    role       TEXT NOT NULL CHECK (role IN ('preparer', 'approver', 'handler', 'supervisor', 'admin')),
    place      TEXT NOT NULL,                -- works for this place and all below it
    password   TEXT NOT NULL,                -- Argon2id
    gone       INTEGER NOT NULL DEFAULT 0 CHECK (gone IN (0, 1)),
    added      INTEGER NOT NULL,
    last_login INTEGER NOT NULL DEFAULT 0
) STRICT;
-- A secret key under one member's password; the server alone cannot open it.
CREATE TABLE wrap (
    staff INTEGER NOT NULL REFERENCES staff (id),
    kind  TEXT NOT NULL CHECK (kind IN ('publication', 'office', 'identity')),
    owner TEXT NOT NULL,                     -- place of a publication key, body of the others
    bytes BLOB NOT NULL,
    PRIMARY KEY (staff, kind, owner)
) STRICT;
CREATE TABLE draft (
    id        INTEGER PRIMARY KEY,
    place     TEXT NOT NULL,
    template  TEXT NOT NULL,
    period    TEXT NOT NULL,
    state     TEXT NOT NULL CHECK (state IN ('uploaded', 'submitted', 'approved', 'refused')),
    sheet     BLOB NOT NULL,                 -- exact bytes that will be signed, all parts
    findings  BLOB NOT NULL,                 -- JSON: what the preparer was asked to look at
    preparer  INTEGER NOT NULL REFERENCES staff (id),
    approver  INTEGER REFERENCES staff (id), -- who approved or refused
    reason    TEXT NOT NULL DEFAULT '',      -- why what was published changes
    refusal   TEXT NOT NULL DEFAULT '',
    uploaded  INTEGER NOT NULL,
    submitted INTEGER NOT NULL DEFAULT 0,
    decided   INTEGER NOT NULL DEFAULT 0,
    number    INTEGER NOT NULL DEFAULT 0,    -- publication it became
    CHECK (state <> 'approved' OR (approver IS NOT NULL AND approver <> preparer))
) STRICT;
-- One sheet waits for a second person at a time.
CREATE UNIQUE INDEX draft_waiting ON draft (place, template, period) WHERE state = 'submitted';
-- Written before anything is shown; no statement changes or removes a row.
CREATE TABLE audit (
    number  INTEGER PRIMARY KEY,
    time    INTEGER NOT NULL,
    staff   INTEGER REFERENCES staff (id),   -- NULL: nobody was known yet
    kind    TEXT NOT NULL,
    subject TEXT NOT NULL,                   -- a case, a draft, a kiosk, a login; never a resident
    reason  TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX audit_subject ON audit (subject, number);
