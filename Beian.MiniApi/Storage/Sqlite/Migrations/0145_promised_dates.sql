-- What was promised before this is escalated too when its date has passed. Approved filings are left alone: a reminder of a duty long due helps nobody.
UPDATE filings SET timer_at = due_at
WHERE state IN ('providerReview', 'pendingAuthority', 'authorityReview') AND due_at IS NOT NULL AND (timer_at IS NULL OR timer_at > due_at);
