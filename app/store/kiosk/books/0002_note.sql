CREATE TABLE note (name TEXT PRIMARY KEY, text TEXT NOT NULL) STRICT;   -- epoch of the cursor, release that could not read
