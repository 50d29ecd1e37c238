/* staff_statements.h - SQL of the office: staff, drafts, openings, by name. */
