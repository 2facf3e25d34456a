-- Resources that were changed, until the open filings that use them know of it. A filing from before this table learns the end of its resource in the same way.
CREATE TABLE resource_changes (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    resource_id TEXT NOT NULL UNIQUE
) STRICT;
INSERT INTO resource_changes (resource_id)
SELECT r.id FROM resources r
WHERE EXISTS (SELECT 1 FROM holds h WHERE h.used = 0 AND h.key >= 'slot:' || r.id || ':' AND h.key < 'slot:' || r.id || ';')
    OR EXISTS (SELECT 1 FROM auth_codes c JOIN holds h ON h.key = 'code:' || c.id WHERE h.used = 0 AND c.resource_id = r.id);
