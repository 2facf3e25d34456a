-- Messages on their way by text message, mail and webhook, one row for each message and target. The body is encrypted; it goes when the message was taken or given
-- up, a webhook's stays for a replay. stream: one filing and one target, in which seq is kept. lane: what fails together. A row that is being attempted stays queued and is its
-- lease's until leased_until. quiet: waits for the end of the quiet hours. doubts: attempts that were perhaps taken.
CREATE TABLE deliveries (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL UNIQUE,
    channel TEXT NOT NULL,
    target TEXT NOT NULL,
    lane TEXT NOT NULL,
    stream TEXT NOT NULL,
    seq INTEGER NOT NULL,
    account_id TEXT NOT NULL,
    filing_id TEXT NOT NULL,
    event TEXT NOT NULL,
    body BLOB,
    quiet INTEGER NOT NULL,
    state TEXT NOT NULL,
    reason TEXT,
    receipt TEXT,
    attempts INTEGER NOT NULL DEFAULT 0,
    doubts INTEGER NOT NULL DEFAULT 0,
    queued_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    lease TEXT,
    leased_until INTEGER,
    ended_at INTEGER
) STRICT;
CREATE INDEX deliveries_due ON deliveries (due_at) WHERE state = 'queued';
CREATE INDEX deliveries_order ON deliveries (stream, seq) WHERE state = 'queued';
CREATE INDEX deliveries_state ON deliveries (state, id);
CREATE INDEX deliveries_filing ON deliveries (filing_id, id);
CREATE INDEX deliveries_target ON deliveries (target, id);
CREATE INDEX deliveries_owner ON deliveries (account_id);
CREATE INDEX deliveries_ended ON deliveries (ended_at) WHERE ended_at IS NOT NULL;
