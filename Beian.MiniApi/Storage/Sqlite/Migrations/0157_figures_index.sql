-- Figures are counted in the order of an index that holds all they need: looking each move up in its table took most of the time of the page.
CREATE INDEX review_facts_figures ON review_facts (at, action, province, reviewer, since_ms);
CREATE INDEX review_facts_reasons ON review_facts (at, action, reasons) WHERE reasons IS NOT NULL;
DROP INDEX review_facts_at;
