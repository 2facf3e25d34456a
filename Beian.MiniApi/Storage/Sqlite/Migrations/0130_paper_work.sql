-- Papers that are still to be scanned or copied; what exactly, their filing says. Ids alone.
CREATE TABLE paper_work (
    material_id TEXT PRIMARY KEY,
    filing_id TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    due_at INTEGER NOT NULL
) STRICT;
CREATE INDEX paper_work_due ON paper_work (due_at);
