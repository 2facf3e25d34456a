-- Whose answer it is, so that it can go with them.
ALTER TABLE idempotency ADD COLUMN owner_id TEXT;
CREATE INDEX idempotency_owner ON idempotency (owner_id) WHERE owner_id IS NOT NULL;

-- Accounts whose last user was erased: a request that was under way adds nothing to them. Approved filings of one may be kept until a day.
CREATE TABLE erased_accounts (
    account_id TEXT PRIMARY KEY,
    erased_at INTEGER NOT NULL,
    kept_until INTEGER
) STRICT;

-- Accounts with filings that a user was taken out of: what the user did there names them until they are erased.
CREATE TABLE former_members (
    user_id TEXT NOT NULL,
    account_id TEXT NOT NULL,
    PRIMARY KEY (user_id, account_id)
) STRICT, WITHOUT ROWID;

-- Bytes outside the database whose rows are gone: a kill between the two leaves them to the sweeper.
CREATE TABLE erased_files (
    kind INTEGER NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (kind, name)
) STRICT, WITHOUT ROWID;
