-- Face checks handed over to another person's phone; the code is kept as a hash only, the person as a keyed digest.
CREATE TABLE face_handovers (
    id TEXT PRIMARY KEY,
    code_hash BLOB NOT NULL UNIQUE,
    filing_id TEXT NOT NULL,
    site_id TEXT NOT NULL,
    person_key TEXT NOT NULL,
    expires_at INTEGER NOT NULL,
    redeemed_by TEXT,
    UNIQUE (filing_id, site_id)
) STRICT;
CREATE INDEX face_handovers_expiry ON face_handovers (expires_at);
