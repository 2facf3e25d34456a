-- Permissions for subscription messages, one row each; a spent one stays for a while, so that the event it came from cannot grant it again.
CREATE TABLE message_credits (
    source TEXT PRIMARY KEY,
    openid_index TEXT NOT NULL,
    template_id TEXT NOT NULL,
    granted_at INTEGER NOT NULL,
    spent_at INTEGER
) STRICT;
CREATE INDEX message_credits_user ON message_credits (openid_index, template_id, granted_at);
CREATE INDEX message_credits_spent ON message_credits (spent_at) WHERE spent_at IS NOT NULL;

-- The last refusal of each user and template: what was granted up to then does not count, also when it arrives later.
CREATE TABLE message_refusals (
    openid_index TEXT NOT NULL,
    template_id TEXT NOT NULL,
    refused_at INTEGER NOT NULL,
    PRIMARY KEY (openid_index, template_id)
) STRICT;

CREATE TABLE message_deliveries (
    source TEXT PRIMARY KEY,
    openid_index TEXT NOT NULL,
    template_id TEXT NOT NULL,
    message_id TEXT,
    error_code TEXT NOT NULL,
    error_status TEXT,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX message_deliveries_user ON message_deliveries (openid_index, template_id, at);
CREATE INDEX message_deliveries_at ON message_deliveries (at);
