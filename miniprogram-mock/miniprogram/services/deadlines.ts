import { progressTexts } from '../i18n/progress';
import { fill, texts } from '../i18n/index';
import { day, moment } from './dates';
import type { Filing } from './types';

/** What hangs over a filing, in a sentence. */
export interface Deadline {
  readonly text: string;
  /** The time itself. */
  readonly at: string;
  /** warning for what the applicant must not miss, info for what others promised. */
  readonly tone: 'info' | 'warning';
  /** Whether it is counted down on the screen, by the second. */
  readonly counted: boolean;
}

/** A draft has weeks of time: it is told of its end in the last ones. */
const draftNoticeMs = 10 * 24 * 3600 * 1000;

/** The nearest deadline worth a place on the screen, or null. */
export function deadlineOf(deadlines: Filing['deadlines'], now: number): Deadline | null {
  const t = texts(progressTexts).deadlines;
  const { smsVerifyBy, returnsToDraftAt, draftExpiresAt, reviewDueAt, authorityDueAt } = deadlines;
  if (smsVerifyBy) {
    return { text: fill(t.sms, { time: moment(smsVerifyBy) }), at: smsVerifyBy, tone: 'warning', counted: true };
  }
  if (returnsToDraftAt) {
    return { text: fill(t.returns, { date: day(returnsToDraftAt) }), at: returnsToDraftAt, tone: 'warning', counted: false };
  }
  if (draftExpiresAt) {
    const near = Date.parse(draftExpiresAt) - now < draftNoticeMs;
    return near ? { text: fill(t.draft, { date: day(draftExpiresAt) }), at: draftExpiresAt, tone: 'warning', counted: false } : null;
  }
  if (reviewDueAt) {
    return { text: fill(t.review, { time: moment(reviewDueAt) }), at: reviewDueAt, tone: 'info', counted: false };
  }
  return authorityDueAt ? { text: fill(t.authority, { date: day(authorityDueAt) }), at: authorityDueAt, tone: 'info', counted: false } : null;
}

/** How much time is left, in the two largest units that matter: 1 天 3 小时, 23 小时 5 分, 4 分 30 秒. Empty when it is over. */
export function timeLeft(until: string, now: number): string {
  const u = texts(progressTexts).units;
  const seconds = Math.floor((Date.parse(until) - now) / 1000);
  if (!(seconds > 0)) {
    return '';
  }
  const amounts: readonly (readonly [string, number])[] = [
    [u.day, Math.floor(seconds / 86_400)],
    [u.hour, Math.floor((seconds % 86_400) / 3600)],
    [u.minute, Math.floor((seconds % 3600) / 60)],
    [u.second, seconds % 60],
  ];
  const first = amounts.findIndex(([, amount]) => amount > 0);
  return amounts
    .slice(first, first + 2)
    .map(([unit, n]) => fill(unit, { n }))
    .join(' ');
}
