-- Keys that seal the payloads of all rows, each wrapped by a key of the ring, which is not here. The highest seals. seals: how often it may have done so, counted ahead.
CREATE TABLE data_keys (
    id INTEGER PRIMARY KEY,
    wrapped BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    seals INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Orders to seal everything with a data key that is newer than most of it; one without ended_at is gone on with at the next start.
CREATE TABLE resealings (
    data_key INTEGER PRIMARY KEY,
    asked_at INTEGER NOT NULL,
    ended_at INTEGER,
    resealed INTEGER NOT NULL DEFAULT 0,
    unreadable INTEGER NOT NULL DEFAULT 0
) STRICT;
