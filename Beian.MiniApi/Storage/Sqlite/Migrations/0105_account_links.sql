-- Codes with which one user joins an account; only their hash is kept, and a used one is deleted.
CREATE TABLE account_links (
    hash BLOB PRIMARY KEY,
    account_id TEXT NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX account_links_account ON account_links (account_id);
CREATE INDEX account_links_expiry ON account_links (expires_at);

-- The account a code is made out to, beside the payload: an account that codes lead to is in use.
ALTER TABLE auth_codes ADD COLUMN target_id TEXT NOT NULL DEFAULT '';
UPDATE auth_codes SET target_id = CAST(payload AS TEXT) ->> '$.targetAccountId';
CREATE INDEX auth_codes_target ON auth_codes (target_id);
