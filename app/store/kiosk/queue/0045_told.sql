-- An alarm that was told stays until the day is over, so that it is told once a day and not every round.
ALTER TABLE alarm ADD COLUMN told INTEGER NOT NULL DEFAULT 0;
