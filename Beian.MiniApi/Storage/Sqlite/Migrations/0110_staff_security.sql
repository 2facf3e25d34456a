-- configured_hash is a salted hash of the configured password: only when that one changes does it replace password_hash.
ALTER TABLE staff ADD COLUMN configured_hash TEXT;
ALTER TABLE staff ADD COLUMN password_set_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE staff ADD COLUMN last_login_at INTEGER;
ALTER TABLE staff ADD COLUMN display_name TEXT;
UPDATE staff SET password_set_at = unixepoch() * 1000;

-- Hashes of passwords that were replaced.
CREATE TABLE staff_passwords (
    id INTEGER PRIMARY KEY,
    staff_id TEXT NOT NULL,
    password_hash TEXT NOT NULL
) STRICT;
CREATE INDEX staff_passwords_staff ON staff_passwords (staff_id, id);

-- Secrets are encrypted; last_step is the time step of the last code that was taken.
CREATE TABLE staff_second_factors (
    staff_id TEXT PRIMARY KEY,
    secret BLOB NOT NULL,
    confirmed_at INTEGER,
    last_step INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Keyed digests of codes that work once.
CREATE TABLE staff_recovery_codes (
    staff_id TEXT NOT NULL,
    digest TEXT NOT NULL,
    used_at INTEGER,
    PRIMARY KEY (staff_id, digest)
) STRICT;
