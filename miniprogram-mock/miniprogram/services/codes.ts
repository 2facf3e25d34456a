import { ApiError } from '../api/index';
import { resourceTexts } from '../i18n/resources';
import { fill, texts } from '../i18n/index';
import { api } from './api';
import { day } from './dates';
import type { Part } from './paging';
import { repeatable, settled } from './repeats';
import type { AuthCode } from './types';

export interface CodeRow {
  readonly id: string;
  readonly code: string;
  readonly resourceId: string;
  readonly targetAccountId: string;
  readonly note: string;
  readonly status: string;
  readonly tag: string;
  readonly until: string;
  readonly reasons: readonly string[];
  /** A code that is in use or used stays as it is. */
  readonly changeable: boolean;
}

export interface CodeTerms {
  readonly resourceId: string;
  readonly targetAccountId: string;
  readonly note: string;
}

const tags: Record<string, string> = { unused: 'tag-good', inUse: 'tag-info', used: '', invalid: 'tag-bad' };

export async function codePart(cursor: string | null): Promise<Part<CodeRow>> {
  const limit = 20;
  const { data } = await api.get('/api/v1/auth-codes', { query: cursor ? { limit, cursor } : { limit } });
  settled('codes');
  return { rows: data.items.map(row), next: data.nextCursor };
}

export async function makeCodes(terms: CodeTerms, count: number): Promise<number> {
  const body = { ...terms, note: terms.note || null, count };
  const { data } = await repeatable('codes', body, (idempotencyKey) => api.post('/api/v1/auth-codes', { body, idempotencyKey }));
  return data.items.length;
}

export async function changeCode(codeId: string, terms: CodeTerms): Promise<void> {
  await api.put('/api/v1/auth-codes/{codeId}', { path: { codeId }, body: { ...terms, note: terms.note || null } });
}

export async function deleteCode(codeId: string): Promise<void> {
  await api.delete('/api/v1/auth-codes/{codeId}', { path: { codeId } });
}

/** What a code that can be redeemed stands for; throws the problem of one that cannot. */
export async function checkCode(code: string): Promise<string> {
  const { data } = await api.post('/api/v1/auth-codes/check', { body: { code } });
  return fill(texts(resourceTexts).checkDetail, { date: day(data.expiresAt), ips: data.publicIps.join('、') });
}

/** What is wrong with which field, by its name; empty when the trouble is of another kind. */
export function faultsOf(error: unknown): Record<string, string> {
  const faults = error instanceof ApiError ? error.errors : [];
  return Object.fromEntries(faults.map((fault) => [fault.pointer.slice(1), [fault.message, fault.remedy].filter(Boolean).join(' ')]));
}

function row(code: AuthCode): CodeRow {
  const t = texts(resourceTexts);
  return {
    id: code.id,
    code: code.code,
    resourceId: code.resourceId,
    targetAccountId: code.targetAccountId,
    note: code.note ?? '',
    status: t.status[code.status] ?? t.otherStatus,
    tag: tags[code.status] ?? '',
    until: code.expiresAt ? fill(t.until, { date: day(code.expiresAt) }) : '',
    reasons: code.reasons.map((reason) => [reason.message, reason.remedy].filter(Boolean).join(' ')),
    changeable: code.status === 'unused' || code.status === 'invalid',
  };
}
