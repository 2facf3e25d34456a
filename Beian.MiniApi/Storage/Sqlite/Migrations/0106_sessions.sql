-- What a session was opened with, as a short family, and when it was refreshed last: for the list of one's own sessions.
ALTER TABLE sessions ADD COLUMN device TEXT;
ALTER TABLE sessions ADD COLUMN last_used_at INTEGER NOT NULL DEFAULT 0;
UPDATE sessions SET last_used_at = expires_at - lifetime;
