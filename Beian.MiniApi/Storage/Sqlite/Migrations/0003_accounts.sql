-- Payloads of accounts and users are encrypted; nothing here names a person. openid_index is a keyed hash.
CREATE TABLE accounts (
    id TEXT PRIMARY KEY,
    payload BLOB NOT NULL
) STRICT;

CREATE TABLE users (
    id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL,
    openid_index TEXT NOT NULL UNIQUE,
    session_key BLOB NOT NULL,
    payload BLOB NOT NULL
) STRICT;
CREATE INDEX users_account ON users (account_id, id);

CREATE TABLE sessions (
    id TEXT PRIMARY KEY,
    owner_id TEXT NOT NULL,
    role INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    lifetime INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    ended INTEGER NOT NULL
) STRICT;
CREATE INDEX sessions_owner ON sessions (owner_id);
CREATE INDEX sessions_expires ON sessions (expires_at);

-- SHA-256 of every refresh token of a session that is still remembered; used ones stay, to notice a second use.
CREATE TABLE refresh_tokens (
    hash BLOB PRIMARY KEY,
    session_id TEXT NOT NULL,
    used_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX refresh_tokens_session ON refresh_tokens (session_id);

CREATE TABLE staff (
    id TEXT PRIMARY KEY,
    user_name TEXT NOT NULL UNIQUE,
    role INTEGER NOT NULL,
    active INTEGER NOT NULL,
    password_hash TEXT NOT NULL
) STRICT;

CREATE TABLE staff_attempts (
    key TEXT PRIMARY KEY,
    failures INTEGER NOT NULL,
    locked INTEGER NOT NULL,
    forget_at INTEGER NOT NULL
) STRICT;
CREATE INDEX staff_attempts_forget ON staff_attempts (forget_at);
