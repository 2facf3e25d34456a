import { ApiError } from '../api/index';
import { callTexts } from '../i18n/call';
import { fill, texts } from '../i18n/index';
import { api } from './api';
import { tell } from './filings';
import type { Filing } from './types';

/** Hours in which reviewers call; the service refuses others with a message of its own. */
export const officeHours = { from: '09:00', to: '18:00' };

/** What the page holds: the hours are kept while any time is chosen, so that changing one's mind costs nothing. */
export interface CallChoice {
  readonly any: boolean;
  readonly from: string;
  readonly to: string;
  readonly note: string;
}

/** Every half hour of the office hours. */
export const halfHours: readonly { value: string; text: string; note: string }[] = Array.from({ length: 19 }, (_, index) => {
  const value = `${String(9 + Math.floor(index / 2)).padStart(2, '0')}:${index % 2 === 0 ? '00' : '30'}`;
  return { value, text: value, note: '' };
});

export function callChoice(filing: Filing): CallChoice {
  const { callWindow } = filing;
  return callWindow ? { any: false, from: callWindow.from, to: callWindow.to, note: callWindow.note ?? '' } : { any: true, ...officeHours, note: '' };
}

/** The choice in one line. */
export function callText(filing: Filing): string {
  const t = texts(callTexts);
  return filing.callWindow ? fill(t.window, { from: filing.callWindow.from, to: filing.callWindow.to }) : t.none;
}

export async function putCallWindow(filingId: string, { any, from, to, note }: CallChoice): Promise<Filing> {
  const { data } = await api.put('/api/v1/filings/{filingId}/call-window', { path: { filingId }, body: any ? {} : { from, to, note: note.trim() || null } });
  return tell(data);
}

/** What is wrong, by the name of the field; empty when it is no field's fault. */
export function callFaults(error: unknown): Record<string, string> {
  const faults = error instanceof ApiError ? error.errors.filter(({ pointer }) => ['/from', '/to', '/note'].includes(pointer)) : [];
  return Object.fromEntries(faults.map(({ pointer, message }) => [pointer.slice(1), message]));
}
