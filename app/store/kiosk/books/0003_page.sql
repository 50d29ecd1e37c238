-- Pictures that rows name ("attach"): what to fetch is known without reading every row.
CREATE TABLE page (
    sheet INTEGER NOT NULL REFERENCES sheet (id) ON DELETE CASCADE,
    hash  TEXT NOT NULL CHECK (length(hash) = 64),          -- lower-case hex
    PRIMARY KEY (sheet, hash)
) STRICT, WITHOUT ROWID;
CREATE INDEX page_hash ON page (hash);
-- Rows that an earlier release took in without looking at this key.
INSERT INTO page (sheet, hash)
    SELECT DISTINCT record.sheet, named.value FROM record, json_each(record.line, '$.attach') AS named
    WHERE instr(record.line, '"attach":[') > 0 AND named.type = 'text' AND length(named.value) = 64;
