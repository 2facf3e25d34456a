-- Addresses under which one letter can be opened once without a login; the ticket in them is kept as a hash only.
CREATE TABLE letter_links (
    hash BLOB PRIMARY KEY,
    filing_id TEXT NOT NULL,
    account_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    site_id TEXT,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX letter_links_expiry ON letter_links (expires_at);
