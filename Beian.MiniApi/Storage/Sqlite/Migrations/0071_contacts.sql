-- Who uses which phone, address or number, as keyed digests only. Written in the transaction that writes the filing or the subject.
CREATE TABLE filing_contacts (
    owner_kind TEXT NOT NULL CHECK (owner_kind IN ('filing', 'subject')),
    owner_id TEXT NOT NULL,
    account_id TEXT NOT NULL,
    subject_key TEXT NOT NULL,
    kind TEXT NOT NULL,
    digest TEXT NOT NULL,
    person TEXT
) STRICT;
CREATE INDEX filing_contacts_owner ON filing_contacts (owner_kind, owner_id);
CREATE INDEX filing_contacts_digest ON filing_contacts (digest, kind);
