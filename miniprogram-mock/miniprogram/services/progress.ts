import { progressTexts } from '../i18n/progress';
import { fill, texts } from '../i18n/index';
import { callText } from './call-window';
import { moment } from './dates';
import { isCopyable, stateWords, type StateWords } from './states';
import type { Filing, Outlook, Timeline } from './types';

export interface StepMark {
  readonly key: string;
  readonly name: string;
  readonly status: string;
  readonly statusText: string;
}

export interface TimelineRow {
  readonly key: string;
  readonly title: string;
  readonly note: string;
  readonly message: string;
  readonly findings: readonly { reason: string; suggestion: string }[];
}

export interface SmsRow {
  readonly key: string;
  readonly role: string;
  readonly person: string;
  readonly site: string;
  readonly verified: boolean;
}

/** The five steps, in words. */
export function stepMarks(timeline: Timeline): StepMark[] {
  const t = texts(progressTexts);
  return timeline.steps.map(({ step, status }) => ({ key: step, name: t.steps[step] ?? '', status, statusText: t.stepStatus[status] ?? '' }));
}

/** What happened, newest first; moves that only matter to the provider's staff have no words and are left out. */
export function timelineRows(timeline: Timeline): TimelineRow[] {
  const t = texts(progressTexts);
  return timeline.items.flatMap((item, index) => {
    const reason = item.code?.split('.')[0] ?? '';
    const title = item.action === 'edit' ? (reason === 'started' ? t.actions['started'] : '') : (t.reminders[reason] ?? t.actions[item.action]);
    return title
      ? [
          {
            key: String(index),
            title,
            note: [moment(item.at), t.who[item.actorRole]].filter(Boolean).join(' · '),
            message: item.message ?? t.smsReasons[item.code ?? ''] ?? '',
            findings: item.findings.map((finding) => ({ reason: finding.reason, suggestion: finding.suggestion ? fill(t.suggestion, { text: finding.suggestion }) : '' })),
          },
        ]
      : [];
  });
}

/** Who must answer the authority's text message, and who has. */
export function smsRows(filing: Filing): SmsRow[] {
  const t = texts(progressTexts);
  return filing.smsTargets.map((target, index) => {
    const site = filing.sites.find((one) => one.id === target.siteId);
    const own = site?.principal && !site.principal.sameAsSubjectPrincipal ? site.principal : null;
    const person = own ?? filing.subject?.principal ?? null;
    return {
      key: String(index),
      role: t.roles[target.role] ?? '',
      person: [person?.name, shortened(person?.mobile)].filter(Boolean).join(' '),
      site: filing.sites.length > 1 ? (site?.domain ?? '') : '',
      verified: target.verified,
    };
  });
}

/** Enough of a number to know which telephone is meant, and no more for whoever looks over a shoulder. */
const shortened = (mobile: string | null | undefined): string => (mobile ? mobile.replace(/^(\d{3})\d+(\d{4})$/, '$1****$2') : '');

/** What made the filing come back, apart from its findings; empty when the findings say it all. */
export function rejectionText(filing: Filing): string {
  const t = texts(progressTexts);
  const { reason, message } = filing.rejection ?? {};
  const why = reason === 'callUnreachable' ? t.callUnreachable : (t.smsReasons[reason ?? ''] ?? '');
  return [why, message].filter(Boolean).join('\n');
}

/** What the wait is called in the outlook while a filing is in a state. */
const gates: Record<string, string> = { providerReview: 'providerReview', pendingAuthority: 'handOver', smsVerification: 'sms', authorityReview: 'authority' };

/** How long this state takes, as the rules of the place say it; empty when they do not. */
export function waitingText(outlook: Outlook | null, state: string): string {
  return outlook?.waiting.find((wait) => wait.gate === gates[state])?.text ?? '';
}

/** Where the authority's part of it comes from; empty before it began. */
export function synchronisedText(timeline: Timeline): string {
  const t = texts(progressTexts);
  const { synchronisation } = timeline;
  return synchronisation ? fill(t.sync, { time: moment(synchronisation.at), source: t.syncSource[synchronisation.source] ?? t.syncOther }) : '';
}

/** Every date of this state and why it is that one. */
export function dateRows(filing: Filing): DateRow[] {
  return filing.deadlines.items.map((item) => ({ key: `${item.code} ${item.at}`, title: item.title, when: moment(item.at), reason: item.reason }));
}

export interface DateRow {
  readonly key: string;
  readonly title: string;
  readonly when: string;
  readonly reason: string;
}

/** What the progress page shows. */
export interface ProgressView {
  readonly state: string;
  readonly words: StateWords;
  readonly number: string;
  readonly numberText: string;
  readonly subjectId: string | null;
  readonly steps: readonly StepMark[];
  readonly showSteps: boolean;
  readonly next: string;
  readonly waiting: string;
  readonly expected: string;
  readonly dates: readonly DateRow[];
  readonly estimate: string;
  readonly rejection: string;
  readonly sms: readonly SmsRow[];
  readonly smsVerifyBy: string;
  readonly synchronised: string;
  readonly rows: readonly TimelineRow[];
  readonly numbers: readonly { label: string; number: string }[];
  /** When the reviewer may call, in words; empty when it cannot be chosen now. */
  readonly call: string;
  readonly canMend: boolean;
  readonly canSubmit: boolean;
  readonly canWithdraw: boolean;
  readonly canAbandon: boolean;
  readonly canCopy: boolean;
}

export function progressView(filing: Filing, timeline: Timeline, rules: Outlook | null): ProgressView {
  const t = texts(progressTexts);
  const { state, allowedActions } = filing;
  const can = (action: string): boolean => allowedActions.includes(action);
  const withAuthority = state === 'smsVerification' || state === 'authorityReview' || state === 'pendingAuthority';
  return {
    state,
    words: stateWords(state),
    number: filing.number,
    numberText: fill(t.number, { number: filing.number }),
    subjectId: filing.subjectId,
    steps: stepMarks(timeline),
    showSteps: state !== 'abandoned' && state !== 'draftExpired',
    next: t.nextStep[state] ?? '',
    waiting: waitingText(rules, state),
    expected: timeline.expectedNextAt ? fill(t.expected, { time: moment(timeline.expectedNextAt) }) : '',
    dates: dateRows(filing),
    estimate: withAuthority ? (rules?.estimate?.text ?? '') : '',
    rejection: rejectionText(filing),
    sms: state === 'smsVerification' ? smsRows(filing) : [],
    smsVerifyBy: filing.deadlines.smsVerifyBy ?? '',
    synchronised: synchronisedText(timeline),
    rows: timelineRows(timeline),
    numbers: state === 'approved' ? numbersOf(filing) : [],
    call: can('setCallWindow') ? callText(filing) : '',
    canMend: can('edit'),
    canSubmit: can('submit') && !can('edit'),
    canWithdraw: can('withdraw'),
    canAbandon: can('abandon'),
    canCopy: isCopyable(state),
  };
}

function numbersOf(filing: Filing): { label: string; number: string }[] {
  const sites = filing.sites.map((site) => ({ label: site.domain ?? '', number: site.number ?? '' }));
  return [{ label: filing.subject?.name ?? '', number: filing.subjectNumber ?? '' }, ...sites].filter(({ number }) => number !== '');
}
