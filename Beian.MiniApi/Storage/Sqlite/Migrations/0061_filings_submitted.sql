-- Whether a filing was ever handed in: one that never was is its applicant's own, also when it is abandoned.
ALTER TABLE filings ADD COLUMN submitted INTEGER NOT NULL DEFAULT 0;
UPDATE filings SET submitted = 1 WHERE state NOT IN ('draft', 'draftExpired', 'abandoned');
