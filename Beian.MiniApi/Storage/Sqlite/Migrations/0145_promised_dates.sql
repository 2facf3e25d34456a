-- What was promised before this is escalated too when its date has passed.
UPDATE filings SET timer_at = due_at
WHERE state IN ('providerReview', 'pendingAuthority', 'authorityReview') AND due_at IS NOT NULL AND (timer_at IS NULL OR timer_at > due_at);

-- Those approved lately are reminded of their duty to register with the police, first after 20 days; a reminder of one long due helps nobody.
UPDATE filings SET timer_at = state_since + 20 * 86400000
WHERE state = 'approved' AND timer_at IS NULL AND state_since > (unixepoch() - 20 * 86400) * 1000;
