-- The provider's inventory. The sequence gives lists a stable order: ids are the provider's and say nothing about time.
CREATE TABLE resources (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    account_id TEXT NOT NULL,
    payload BLOB NOT NULL
) STRICT;
CREATE INDEX resources_account ON resources (account_id, sequence);

-- The unique pair keeps a resource from ever carrying more codes than its type allows.
CREATE TABLE auth_codes (
    id TEXT PRIMARY KEY,
    code_hash TEXT NOT NULL UNIQUE,
    issuer_id TEXT NOT NULL,
    resource_id TEXT NOT NULL,
    number INTEGER NOT NULL CHECK (number BETWEEN 1 AND 20),
    payload BLOB NOT NULL,
    UNIQUE (resource_id, number)
) STRICT;
CREATE INDEX auth_codes_issuer ON auth_codes (issuer_id, id);

CREATE TABLE attempts (
    key TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX attempts_key ON attempts (key, at);
CREATE INDEX attempts_at ON attempts (at);
