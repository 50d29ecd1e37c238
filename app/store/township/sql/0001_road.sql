-- What comes from kiosks and goes to them. Times are Unix seconds of the server, days yyyymmdd.
CREATE TABLE identity (
    name TEXT PRIMARY KEY,
    text TEXT NOT NULL
) STRICT;
CREATE TABLE counter (
    name  TEXT PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT;
INSERT INTO counter (name, value) VALUES ('feed', 0), ('event', 0);

CREATE TABLE enrolment (
    code_hash BLOB PRIMARY KEY,              -- BLAKE2b-256 of the one-time code
    place     TEXT NOT NULL,                 -- village the kiosk will stand in
    expires   INTEGER NOT NULL,
    used_by   BLOB                           -- kiosk id, once used
) STRICT;
CREATE TABLE kiosk (
    id           BLOB PRIMARY KEY CHECK (length(id) = 32),
    sign         BLOB NOT NULL CHECK (length(sign) = 32),     -- key its parcels are signed with
    certificate  BLOB NOT NULL CHECK (length(certificate) = 32), -- SHA-256 of its TLS certificate
    place        TEXT NOT NULL,
    enrolled     INTEGER NOT NULL,
    revoked      INTEGER NOT NULL DEFAULT 0,
    newest       INTEGER NOT NULL DEFAULT 0, -- highest sequence stored
    parcels      INTEGER NOT NULL DEFAULT 0, -- how many are stored; equal to newest without gaps
    backed_up_to INTEGER NOT NULL DEFAULT 0, -- highest sequence in the last backup
    health_time  INTEGER NOT NULL DEFAULT 0,
    health       BLOB                        -- signed text as it came
) STRICT;
CREATE TABLE alarm (
    number INTEGER PRIMARY KEY,
    kiosk  BLOB NOT NULL,
    time   INTEGER NOT NULL,
    kind   TEXT NOT NULL,
    text   TEXT NOT NULL
) STRICT;

CREATE TABLE parcel (
    id       BLOB PRIMARY KEY CHECK (length(id) = 16),
    kiosk    BLOB NOT NULL,
    sequence INTEGER NOT NULL CHECK (sequence > 0),
    hash     BLOB NOT NULL CHECK (length(hash) = 32),         -- of bytes
    previous BLOB NOT NULL CHECK (length(previous) = 32),     -- hash of the parcel before
    received INTEGER NOT NULL,
    bytes    BLOB NOT NULL                                    -- exactly as sealed
) STRICT;
CREATE UNIQUE INDEX parcel_place ON parcel (kiosk, sequence);
CREATE TABLE quarantine (
    number   INTEGER PRIMARY KEY,
    kiosk    BLOB NOT NULL,
    received INTEGER NOT NULL,
    reason   TEXT NOT NULL,
    hash     BLOB NOT NULL UNIQUE,
    bytes    BLOB NOT NULL
) STRICT;

-- Clear columns of a case; what was said stays in its parcel, sealed.
CREATE TABLE matter (
    number       INTEGER PRIMARY KEY,
    label        TEXT NOT NULL UNIQUE,       -- 26-0183, the office's own
    body         TEXT NOT NULL,              -- office that may open it
    kind         INTEGER NOT NULL,           -- 0 complaint, 5 a letter that was not found
    whom         INTEGER NOT NULL,
    state        TEXT NOT NULL,
    class        INTEGER NOT NULL,
    topic        TEXT NOT NULL DEFAULT '',   -- set by staff
    received     INTEGER NOT NULL,           -- the clock every deadline counts from
    due          INTEGER NOT NULL,           -- day
    due_provisional INTEGER NOT NULL,
    openings     INTEGER NOT NULL DEFAULT 0, -- of the name
    locator      BLOB NOT NULL UNIQUE CHECK (length(locator) = 32),
    receipt_seal BLOB NOT NULL CHECK (length(receipt_seal) = 32),
    receipt_sign BLOB NOT NULL CHECK (length(receipt_sign) = 32),
    parcel       BLOB NOT NULL UNIQUE,
    version      INTEGER NOT NULL DEFAULT 0  -- of its capsule
) STRICT;
CREATE INDEX matter_body ON matter (body, number);
CREATE TABLE follow_up (
    parcel   BLOB PRIMARY KEY,
    matter   INTEGER,                        -- NULL until its case is here
    locator  BLOB NOT NULL,
    kind     INTEGER NOT NULL,
    received INTEGER NOT NULL
) STRICT;
CREATE TABLE entry (
    matter   INTEGER NOT NULL,
    number   INTEGER NOT NULL,
    state    TEXT NOT NULL,
    day      INTEGER NOT NULL,
    sealed   BLOB NOT NULL,                  -- to the receipt; the server cannot open it
    own      BLOB,                           -- the same sealed to the office, so that staff can read what they wrote
    PRIMARY KEY (matter, number)
) STRICT;
CREATE TABLE capsule (
    locator BLOB PRIMARY KEY CHECK (length(locator) = 32),
    version INTEGER NOT NULL,
    bytes   BLOB NOT NULL
) STRICT;

CREATE TABLE publication (
    place  TEXT NOT NULL,
    number INTEGER NOT NULL,
    bytes  BLOB NOT NULL,                    -- signed text
    PRIMARY KEY (place, number)
) STRICT;
CREATE TABLE sheet (
    hash  BLOB PRIMARY KEY CHECK (length(hash) = 32),
    bytes BLOB NOT NULL
) STRICT;

CREATE TABLE feed (
    position INTEGER PRIMARY KEY,            -- from the counter, in the same transaction
    kind     INTEGER NOT NULL,               -- 1 settings, 2 publication, 3 capsule
    place    TEXT NOT NULL DEFAULT '',       -- of a publication
    number   INTEGER NOT NULL DEFAULT 0,     -- of a publication
    locator  BLOB UNIQUE                     -- of a capsule: only its newest version travels
) STRICT;

CREATE TABLE event (
    sequence INTEGER PRIMARY KEY,
    time     INTEGER NOT NULL,
    kind     TEXT NOT NULL,
    subject  TEXT NOT NULL,
    previous BLOB NOT NULL CHECK (length(previous) = 32),
    hash     BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
CREATE TRIGGER event_stays BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'events stay'); END;
CREATE TRIGGER event_remains BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'events stay'); END;
