-- Members of staff whom an identity provider vouches for.
CREATE TABLE staff_identities (
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    staff_id TEXT NOT NULL,
    PRIMARY KEY (issuer, subject)
) STRICT;

-- Logins between their two halves; payloads are encrypted.
CREATE TABLE provider_logins (
    digest TEXT PRIMARY KEY,
    payload BLOB NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX provider_logins_expires ON provider_logins (expires_at);
