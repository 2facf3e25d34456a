-- What users consented to and withdrew; rows are only added.
CREATE TABLE consents (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL,
    text_id TEXT NOT NULL,
    version TEXT,
    action INTEGER NOT NULL,
    source INTEGER NOT NULL,
    filing_id TEXT,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX consents_user ON consents (user_id, id);
CREATE INDEX consents_filing ON consents (filing_id) WHERE filing_id IS NOT NULL;
