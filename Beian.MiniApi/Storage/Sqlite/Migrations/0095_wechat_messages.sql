-- Subscription messages, one row for each inbox message and user. The body is encrypted and goes when the message ends; the row stays for a while, for staff.
-- is_repeat: the end of an earlier call is not known. credit: the permission spent on it. report: WeChat's report that ended it.
CREATE TABLE wechat_messages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    notification_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    account_id TEXT NOT NULL,
    openid_index TEXT NOT NULL,
    template_id TEXT NOT NULL,
    event TEXT NOT NULL,
    body BLOB,
    state TEXT NOT NULL,
    reason TEXT,
    attempts INTEGER NOT NULL DEFAULT 0,
    is_repeat INTEGER NOT NULL DEFAULT 0,
    credit TEXT,
    queued_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    begun_at INTEGER,
    ended_at INTEGER,
    report TEXT UNIQUE,
    UNIQUE (notification_id, user_id)
) STRICT;
CREATE INDEX wechat_messages_due ON wechat_messages (due_at) WHERE state = 'queued';
CREATE INDEX wechat_messages_user ON wechat_messages (openid_index, template_id, id);
CREATE INDEX wechat_messages_owner ON wechat_messages (user_id);
CREATE INDEX wechat_messages_sending ON wechat_messages (begun_at) WHERE state = 'sending';
CREATE INDEX wechat_messages_ended ON wechat_messages (ended_at) WHERE ended_at IS NOT NULL;
