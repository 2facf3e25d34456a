-- Admins read the trail by who and by what.
CREATE INDEX audit_entries_actor ON audit_entries (actor, seq);
CREATE INDEX audit_entries_thing ON audit_entries (thing, seq);
