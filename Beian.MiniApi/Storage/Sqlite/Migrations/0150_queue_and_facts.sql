-- The queue by due time. What nobody promised comes last, which only a key without NULL can say in an index; a page reads as many entries as it shows rows.
ALTER TABLE filings ADD COLUMN kind TEXT;
ALTER TABLE filings ADD COLUMN due_key INTEGER GENERATED ALWAYS AS (coalesce(due_at, 9223372036854775807)) VIRTUAL;
CREATE INDEX queue_due ON filings (due_key, id, kind) WHERE submitted = 1 AND state NOT IN ('draft', 'draftExpired');
CREATE INDEX queue_state ON filings (state, due_key, id, kind, state_since) WHERE submitted = 1 AND state NOT IN ('draft', 'draftExpired');
CREATE INDEX queue_province ON filings (province, due_key, id, kind, assignee) WHERE submitted = 1 AND state NOT IN ('draft', 'draftExpired');
CREATE INDEX queue_assignee ON filings (assignee, due_key, id, kind, province) WHERE submitted = 1 AND state NOT IN ('draft', 'draftExpired');
CREATE INDEX queue_state_province ON filings (state, province, due_key, id, kind, assignee, state_since) WHERE submitted = 1 AND state NOT IN ('draft', 'draftExpired');
CREATE INDEX queue_state_assignee ON filings (state, assignee, due_key, id, kind) WHERE submitted = 1 AND state NOT IN ('draft', 'draftExpired');

-- The moves of filings that were handed in, for figures: states, places, members of staff and marked fields, nothing that anybody wrote.
CREATE TABLE review_facts (
    filing_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    at INTEGER NOT NULL,
    action TEXT NOT NULL,
    from_state TEXT NOT NULL,
    to_state TEXT NOT NULL,
    since_ms INTEGER NOT NULL,
    province TEXT,
    reviewer TEXT,
    reasons TEXT,
    PRIMARY KEY (filing_id, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX review_facts_at ON review_facts (at);
CREATE INDEX review_facts_waits ON review_facts (province, from_state, at, since_ms);

-- 1 once the moves so far stand in review_facts. What was there before is read at the start of the program: SQL cannot open a payload.
ALTER TABLE filings ADD COLUMN has_facts INTEGER NOT NULL DEFAULT 0;
CREATE INDEX filings_without_facts ON filings (id) WHERE has_facts = 0 AND submitted = 1;
