-- Partners' addresses that are called when something happens. Address and secrets are encrypted. old_secret signs too until old_secret_until.
CREATE TABLE webhooks (
    id TEXT PRIMARY KEY,
    account_id TEXT,
    url BLOB NOT NULL,
    secret BLOB NOT NULL,
    old_secret BLOB,
    old_secret_until INTEGER,
    events TEXT NOT NULL,
    active INTEGER NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX webhooks_owner ON webhooks (account_id) WHERE account_id IS NOT NULL;
