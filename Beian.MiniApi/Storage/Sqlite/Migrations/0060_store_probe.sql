-- One row that the readiness check overwrites to see whether writing works.
CREATE TABLE store_probe (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL
) STRICT;
