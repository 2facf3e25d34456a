import { stateTexts, type StateText } from '../i18n/states';
import { texts } from '../i18n/index';

/** How urgent a state looks: the class of its tag, and the tone of a notice. */
interface Tone {
  readonly tag: string;
  readonly notice: 'info' | 'success' | 'warning' | 'danger';
}

export interface StateWords extends StateText, Tone {
  /** Whether the next move is the applicant's. */
  readonly yours: boolean;
}

const busy: Tone = { tag: 'tag-info', notice: 'info' };
const yours: Tone = { tag: 'tag-warn', notice: 'warning' };
const bad: Tone = { tag: 'tag-bad', notice: 'danger' };
const good: Tone = { tag: 'tag-good', notice: 'success' };
const over: Tone = { tag: '', notice: 'info' };

const tones: Record<string, Tone> = {
  draft: yours,
  draftExpired: over,
  checking: busy,
  providerReview: busy,
  modificationRequested: bad,
  providerRejected: bad,
  pendingAuthority: busy,
  smsVerification: yours,
  smsFailed: bad,
  authorityReview: busy,
  authorityRejected: bad,
  approved: good,
  abandoned: over,
};

const waitsForApplicant = new Set(['draft', 'modificationRequested', 'providerRejected', 'smsVerification', 'smsFailed', 'authorityRejected']);
const closed = new Set(['draftExpired', 'approved', 'abandoned']);
const filledIn = new Set(['draft', 'modificationRequested', 'providerRejected', 'authorityRejected']);

/** A state in words; one that this program does not know yet gets neutral ones. */
export function stateWords(state: string): StateWords {
  const t = texts(stateTexts);
  return { ...(t.states[state] ?? t.unknown), ...(tones[state] ?? busy), yours: waitsForApplicant.has(state) };
}

/** Whether the filing takes the account's one open place. */
export const isOpen = (state: string): boolean => !closed.has(state);

/** Whether a filing of this state can be copied into a new one: it holds nothing any more. */
export const isCopyable = (state: string): boolean => state === 'draftExpired' || state === 'abandoned';

/** The page that shows a filing of this state: its steps while it is filled in or mended, else how far it is. */
export function filingPage(filingId: string, state: string): string {
  return `/pages/${filledIn.has(state) ? 'overview' : 'progress'}/index?filingId=${filingId}`;
}
