import { api } from './api';
import { repeatable, settled } from './repeats';
import type { Filing, FilingSummary, Timeline } from './types';

type Listener = (filing: Filing) => void;

const listeners = new Set<Listener>();

/** Tells every open page of a filing's newest view, whoever fetched it. Returns the way to stop. */
export function onFiling(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function tell(filing: Filing): Filing {
  for (const listener of [...listeners]) {
    listener(filing);
  }
  return filing;
}

export async function getFiling(filingId: string): Promise<Filing> {
  const { data } = await api.get('/api/v1/filings/{filingId}', { path: { filingId } });
  settled(`site/${filingId}`);
  return tell(data);
}

export async function listFilings(): Promise<readonly FilingSummary[]> {
  const { data } = await api.get('/api/v1/filings', { query: { limit: 20 } });
  settled('start');
  return data.items;
}

/** subjectId null starts a first filing, else a site is added to that subject. */
export async function startFiling(subjectId: string | null, copyFrom?: string): Promise<Filing> {
  const body = { subjectId, ...(copyFrom ? { copyFrom } : {}) };
  const { data } = await repeatable('start', body, (idempotencyKey) => api.post('/api/v1/filings', { body, idempotencyKey }));
  return tell(data);
}

export async function getTimeline(filingId: string): Promise<Timeline> {
  const { data } = await api.get('/api/v1/filings/{filingId}/timeline', { path: { filingId } });
  return data;
}

/** ifMatch is the version that was shown: nothing is submitted that was not read. */
export async function submitFiling(filingId: string, agreements: { id: string; version: string }[], idempotencyKey: string, ifMatch: number): Promise<Filing> {
  const { data } = await api.post('/api/v1/filings/{filingId}/submission', { path: { filingId }, body: { agreements }, idempotencyKey, ifMatch });
  return tell(data);
}

export async function withdrawFiling(filingId: string, reason: string | null): Promise<Filing> {
  const { data } = await api.post('/api/v1/filings/{filingId}/withdrawal', { path: { filingId }, body: { reason } });
  return tell(data);
}

export async function abandonFiling(filingId: string, reason: string | null): Promise<Filing> {
  const { data } = await api.post('/api/v1/filings/{filingId}/abandonment', { path: { filingId }, body: { reason } });
  return tell(data);
}

export async function confirmSubject(filingId: string, unchanged: boolean): Promise<Filing> {
  const { data } = await api.post('/api/v1/filings/{filingId}/subject/confirmation', { path: { filingId }, body: { unchanged } });
  return tell(data);
}

export async function addSite(filingId: string): Promise<Filing> {
  const { data } = await repeatable(`site/${filingId}`, {}, (idempotencyKey) => api.post('/api/v1/filings/{filingId}/sites', { path: { filingId }, body: {}, idempotencyKey }));
  return tell(data);
}

export async function deleteSite(filingId: string, siteId: string): Promise<Filing> {
  const { data } = await api.delete('/api/v1/filings/{filingId}/sites/{siteId}', { path: { filingId, siteId } });
  return tell(data);
}
