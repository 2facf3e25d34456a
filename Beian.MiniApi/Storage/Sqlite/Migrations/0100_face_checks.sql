-- Face checks whose result is still to be read, and when the next picture of one is to be deleted.
ALTER TABLE filings ADD COLUMN face_open INTEGER NOT NULL DEFAULT 0;
ALTER TABLE filings ADD COLUMN picture_at INTEGER;
CREATE INDEX filings_face_open ON filings (id) WHERE face_open > 0;
CREATE INDEX filings_picture ON filings (picture_at) WHERE picture_at IS NOT NULL;
