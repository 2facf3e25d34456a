import { language } from '../i18n/index';
import { api } from './api';
import type { Filing, Outlook } from './types';

/** A set of the reference data; its items differ by set. */
export interface ReferenceSet<T> {
  readonly version: string;
  readonly items: readonly T[];
}

export interface Division {
  readonly code: string;
  readonly name: string;
  readonly children?: readonly Division[];
}

const memory = new Map<string, Promise<unknown>>();

/** Asked once while the program runs; a failed call is not remembered. */
function once<T>(key: string, ask: () => Promise<T>): Promise<T> {
  const held = memory.get(key) as Promise<T> | undefined;
  if (held) {
    return held;
  }
  const asked = ask();
  memory.set(key, asked);
  asked.catch(() => memory.delete(key));
  return asked;
}

/** Asks anew next time: the server has said that a set has changed. */
export function forgetSet(set: string): void {
  memory.delete(`${language()}/${set}`);
}

export function referenceSet<T>(set: string): Promise<ReferenceSet<T>> {
  return once(`${language()}/${set}`, async () => {
    const { data } = await api.get('/api/v1/reference/{set}', { path: { set } });
    const rows = data as unknown as ReferenceSet<T>;
    return language() === 'en' ? { ...rows, items: rows.items.map(inEnglish) } : rows;
  });
}

/** A row whose texts are those that the data has in English beside them, `nameEn` beside `name`; Chinese where it has none. */
function inEnglish<T>(row: T): T {
  const texts = Object.entries(row as object).filter(([key, text]) => key.endsWith('En') && text !== null);
  return { ...row, ...Object.fromEntries(texts.map(([key, text]) => [key.slice(0, -2), text])) };
}

/** What a filing of that shape will need, before anything is started: fields with their labels, people, papers, limits, waiting times. */
export function outlook(province: string, nature: number, kind: 'firstFiling' | 'addSite'): Promise<Outlook> {
  return once(`${language()}/${province}/${nature}/${kind}`, async () => {
    const { data } = await api.get('/api/v1/reference/requirements', { query: { province, nature: String(nature), kind } });
    return data;
  });
}

/** What a filing of this one's shape needs. Before province and nature are chosen that of an ordinary one: labels and limits are the same everywhere. */
export function outlookOf(filing: Filing): Promise<Outlook> {
  const { region, subjectNature } = filing.verification;
  return outlook(region?.province ?? '110000', subjectNature ?? 4, filing.kind ?? (filing.subjectId ? 'addSite' : 'firstFiling'));
}
