import { api } from './api';
import type { Letter, LetterLink } from './types';

/** The letters that fit the filing. */
export async function getLetters(filingId: string): Promise<readonly Letter[]> {
  return (await api.get('/api/v1/filings/{filingId}/letters', { path: { filingId } })).data.items;
}

/** An address that opens the letter once, on a computer with a printer; a secret. */
export async function letterLink(filingId: string, kind: string, siteId: string | null): Promise<LetterLink> {
  return (await api.post('/api/v1/filings/{filingId}/letters/{kind}/link', { path: { filingId, kind }, query: siteId ? { siteId } : {} })).data;
}
