-- A township's server said that it holds this letter; only the county's word settles it. It is asked about by its
-- header alone.
ALTER TABLE delivery ADD COLUMN held INTEGER NOT NULL DEFAULT 0 CHECK (held IN (0, 1));
