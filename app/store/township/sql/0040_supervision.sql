-- The supervision committee of a village (村务监督委员会): its members, and what each of them said to a draft.
-- A role is a column of its own so that its CHECK can be made again; the new one is filled from the old.
ALTER TABLE staff ADD COLUMN post TEXT NOT NULL DEFAULT 'supervisor'
    CHECK (post IN ('preparer', 'approver', 'handler', 'supervisor', 'admin', 'committee'));
UPDATE staff SET post = role;
ALTER TABLE staff DROP COLUMN role;
ALTER TABLE staff RENAME COLUMN post TO role;
CREATE TABLE supervision (
    draft   INTEGER NOT NULL REFERENCES draft (id),
    member  INTEGER NOT NULL REFERENCES staff (id), -- who gave their word; of 'paper': who brought the sheet of paper
    verdict TEXT NOT NULL CHECK (verdict IN ('signed', 'objected', 'paper')),
    reason  TEXT NOT NULL DEFAULT '',               -- of an objection; it is published
    paper   BLOB CHECK (paper IS NULL OR length(paper) = 32), -- BLAKE2b-256 of the photograph of the signed sheet
    time    INTEGER NOT NULL,
    PRIMARY KEY (draft, member),
    CHECK ((verdict = 'objected') = (reason <> '')),
    CHECK ((verdict = 'paper') = (paper IS NOT NULL))
) STRICT;
-- What was said stays said.
CREATE TRIGGER supervision_stays BEFORE UPDATE ON supervision BEGIN SELECT RAISE(ABORT, 'said is said'); END;
CREATE TRIGGER supervision_remains BEFORE DELETE ON supervision BEGIN SELECT RAISE(ABORT, 'said is said'); END;
