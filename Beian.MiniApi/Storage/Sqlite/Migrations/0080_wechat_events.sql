-- What WeChat pushed. A row without done_at waits to be handled; afterwards it stays, without its body, to know a repeat by its key. Bodies are encrypted.
CREATE TABLE wechat_events (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    body BLOB,
    due_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    done_at INTEGER,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX wechat_events_due ON wechat_events (due_at) WHERE done_at IS NULL;
CREATE INDEX wechat_events_expiry ON wechat_events (expires_at) WHERE done_at IS NOT NULL;

-- Signatures that do not cover the body, each with a digest of the body it came with.
CREATE TABLE wechat_signatures (
    signature TEXT PRIMARY KEY,
    body TEXT NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX wechat_signatures_expiry ON wechat_signatures (expires_at);

CREATE TABLE media_verdicts (
    trace_id TEXT PRIMARY KEY,
    error_code INTEGER NOT NULL,
    suggestion TEXT,
    label INTEGER,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX media_verdicts_at ON media_verdicts (at);

CREATE TABLE authorization_revocations (
    openid_index TEXT NOT NULL,
    at INTEGER NOT NULL,
    info TEXT NOT NULL,
    PRIMARY KEY (openid_index, at, info)
) STRICT;
