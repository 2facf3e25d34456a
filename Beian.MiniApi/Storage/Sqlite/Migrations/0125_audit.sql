-- What was changed and looked at, and by whom: ids, codes and keyed digests, never what anything said. mac is the keyed hash over the entry before and this one.
-- Rows are only added; what is too old goes once a checkpoint stands for it.
CREATE TABLE audit_entries (
    seq INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    role TEXT NOT NULL,
    act TEXT NOT NULL,
    kind TEXT NOT NULL,
    thing TEXT NOT NULL,
    route TEXT NOT NULL,
    owner TEXT,
    reason BLOB,
    source TEXT,
    before BLOB,
    after BLOB,
    mac BLOB NOT NULL
) STRICT;

-- Only what the owner of the data is told of: own changes, the bulk of it, cost no second entry.
CREATE INDEX audit_accesses ON audit_entries (owner, seq) WHERE owner IS NOT NULL AND (role IN ('reviewer', 'admin') OR act IN ('viewed', 'viewedInFull', 'exported'));

-- The chain and how far it has come, written with every group of entries.
CREATE TABLE audit_chain (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    instance TEXT NOT NULL,
    seq INTEGER NOT NULL,
    at INTEGER NOT NULL,
    mac BLOB NOT NULL,
    signature BLOB NOT NULL
) STRICT;

-- The last deletion by age: seq and mac of the last entry that went.
CREATE TABLE audit_checkpoints (
    seq INTEGER PRIMARY KEY,
    instance TEXT NOT NULL,
    at INTEGER NOT NULL,
    mac BLOB NOT NULL,
    signature BLOB NOT NULL
) STRICT;

CREATE TRIGGER audit_entries_stay BEFORE UPDATE ON audit_entries BEGIN
    SELECT RAISE(ABORT, 'audit entries are not changed');
END;

CREATE TRIGGER audit_entries_last BEFORE DELETE ON audit_entries WHEN OLD.seq > (SELECT coalesce(max(seq), 0) FROM audit_checkpoints) BEGIN
    SELECT RAISE(ABORT, 'audit entries are only deleted below a checkpoint');
END;

-- Full views that reviewers asked for. The reason is encrypted: it may name somebody.
CREATE TABLE full_views (
    filing_id TEXT NOT NULL,
    staff_id TEXT NOT NULL,
    granted_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    reason BLOB NOT NULL,
    PRIMARY KEY (filing_id, staff_id)
) STRICT;
CREATE INDEX full_views_end ON full_views (ends_at);
