-- The index is made anew with other words (search.c); its tokens are ASCII, whatever the script of the rows.
DROP TABLE search;
CREATE VIRTUAL TABLE search USING fts5 (words, content = '', detail = none, columnsize = 0,
                                        tokenize = "ascii tokenchars '-_.'");
-- Which words the index holds: where there are rows already, the courier makes it when it opens the books.
INSERT INTO meta (name, value) SELECT 'words', 2 WHERE NOT EXISTS (SELECT 1 FROM record);
