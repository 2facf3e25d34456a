-- Uploads that arrive in pieces. The bytes lie in a folder beside; what came with them is encrypted.
CREATE TABLE resumable_uploads (
    id TEXT PRIMARY KEY,
    owner TEXT NOT NULL,
    length INTEGER NOT NULL,
    metadata BLOB,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX resumable_uploads_owner ON resumable_uploads (owner);
CREATE INDEX resumable_uploads_expires ON resumable_uploads (expires_at);
