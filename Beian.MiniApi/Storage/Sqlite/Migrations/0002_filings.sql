-- Plain columns are what queries need; everything else of a filing is in the opaque payload.
CREATE TABLE filings (
    id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL,
    number TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL,
    province TEXT,
    assignee TEXT,
    revision INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    state_since INTEGER NOT NULL,
    due_at INTEGER,
    timer_at INTEGER,
    outbox INTEGER NOT NULL,
    payload BLOB NOT NULL
) STRICT;
CREATE INDEX filings_account ON filings (account_id, id);
CREATE INDEX filings_state ON filings (state, id);
CREATE INDEX filings_timer ON filings (timer_at) WHERE timer_at IS NOT NULL;
CREATE INDEX filings_outbox ON filings (id) WHERE outbox > 0;

-- Reservations: one row a key, written in the transaction that writes the filing.
CREATE TABLE holds (
    key TEXT PRIMARY KEY,
    filing_id TEXT NOT NULL,
    account_id TEXT NOT NULL,
    used INTEGER NOT NULL
) STRICT;
CREATE INDEX holds_filing ON holds (filing_id);
