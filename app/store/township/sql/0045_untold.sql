-- Cases whose resident was told nothing yet: when many letters come at once, what each is told first is sealed afterwards.
CREATE TABLE untold (
    matter INTEGER PRIMARY KEY
) STRICT;
