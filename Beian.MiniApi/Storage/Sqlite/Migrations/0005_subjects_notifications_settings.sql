CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

-- Filed subjects: a projection of approved filings, or imported. subject_key is a keyed digest of the certificate.
CREATE TABLE subjects (
    id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL UNIQUE,
    number TEXT NOT NULL UNIQUE,
    subject_key TEXT NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    payload BLOB NOT NULL
) STRICT;
CREATE TABLE subject_domains (domain TEXT PRIMARY KEY, subject_id TEXT NOT NULL) STRICT;
CREATE INDEX subject_domains_subject ON subject_domains (subject_id);

CREATE TABLE notifications (
    id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL,
    read_at INTEGER,
    payload BLOB NOT NULL
) STRICT;
CREATE INDEX notifications_account ON notifications (account_id, id);
