-- Texts for sending filings back that staff wrote themselves; a row with the id of a text of the data replaces it. Nothing personal stands here.
CREATE TABLE review_reasons (
    id TEXT PRIMARY KEY,
    field TEXT NOT NULL,
    reason TEXT NOT NULL,
    suggestion TEXT NOT NULL,
    hidden INTEGER NOT NULL,
    changed_by TEXT NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT;
