import { submitFiling } from './filings';
import { isUnsure, newKey } from './repeats';
import type { Filing } from './types';

/** A submission that may have arrived. Only the same key makes a second one the first. */
interface Attempt {
  readonly key: string;
  readonly version: number;
  readonly body: string;
}

interface Consent {
  readonly id: string;
  readonly version: string;
}

const storageKey = (filingId: string): string => `submission/${filingId}`;

/**
 * Submits what the person saw. The key is stored before anything is sent and thrown away once there is an answer, so that a lost answer, a closed program
 * or a second tap never submit twice. A filing that has changed since, be it by that very submission, is another matter and gets a key of its own.
 */
export async function submit(filing: Filing, consents: readonly Consent[]): Promise<Filing> {
  const agreements = consents.map(({ id, version }) => ({ id, version }));
  const body = JSON.stringify(agreements);
  const held = wx.getStorageSync(storageKey(filing.id)) as Attempt | '';
  const same = held && held.version === filing.version && held.body === body;
  const key = same ? held.key : newKey('submit');
  if (!same) {
    wx.setStorageSync(storageKey(filing.id), { key, version: filing.version, body });
  }
  try {
    const submitted = await submitFiling(filing.id, agreements, key, filing.version);
    wx.removeStorageSync(storageKey(filing.id));
    return submitted;
  } catch (error) {
    if (!isUnsure(error)) {
      wx.removeStorageSync(storageKey(filing.id));
    }
    throw error;
  }
}

/** Whether the server would take it, as far as can be told: what outside facts said earlier is asked again with the submission. */
export function maySubmit(filing: Filing): boolean {
  const { due, pending } = filing.requirements;
  return filing.allowedActions.includes('submit') && pending.length === 0 && due.every((item) => Boolean(item.check));
}
