import { homeTexts } from '../i18n/home';
import { progressTexts } from '../i18n/progress';
import { fill, texts } from '../i18n/index';
import { api } from './api';
import { namedConflicts } from './conflict-points';
import { day } from './dates';
import { deadlineOf, type Deadline } from './deadlines';
import { getFiling, getTimeline, listFilings } from './filings';
import type { OpenPoint } from './open-points';
import { nextPage } from './overview';
import { journeyTexts } from '../i18n/journey';
import { filingPage, isCopyable, isOpen, stateWords, type StateWords } from './states';
import type { Filing, FilingSummary, Timeline } from './types';

/** The account's open filing, as home shows it. */
export interface OpenCard {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly domains: string;
  readonly words: StateWords;
  /** Full percent, for the bar. */
  readonly percent: number;
  readonly progress: string;
  readonly next: string;
  /** What another phone wrote differently. */
  readonly conflicts: readonly OpenPoint[];
  readonly deadline: Deadline | null;
  /** Where the card leads, and the button on it with its words. */
  readonly url: string;
  readonly actionUrl: string;
  readonly action: string;
}

export interface OlderRow {
  readonly id: string;
  readonly name: string;
  readonly note: string;
  readonly stateName: string;
  readonly tag: string;
  readonly url: string;
  readonly copyable: boolean;
}

/** A filed subject on home. */
export interface FiledRow {
  readonly id: string;
  readonly name: string;
  readonly number: string;
  readonly sites: string;
}

export async function filedRows(): Promise<FiledRow[]> {
  const { data } = await api.get('/api/v1/subjects');
  const t = texts(homeTexts);
  return data.items.map(({ id, name, number, sites }) => ({ id, name: name ?? '', number, sites: fill(t.sitesCount, { count: sites.length }) }));
}

export async function openAndOlder(): Promise<{ open: OpenCard | null; older: OlderRow[] }> {
  const filings = await listFilings();
  const open = filings.find((filing) => isOpen(filing.state));
  const older = filings.filter((filing) => filing !== open && filing.state !== 'approved').map(olderRow);
  return { open: open ? await openCard(open) : null, older };
}

async function openCard(summary: FilingSummary): Promise<OpenCard> {
  const filing = await getFiling(summary.id);
  const url = filingPage(filing.id, filing.state);
  const filledIn = url.includes('/overview/');
  const bar = filledIn ? filledBar(filing) : waitingBar(await getTimeline(filing.id));
  const t = texts(homeTexts);
  const words = stateWords(filing.state);
  const conflicts = await namedConflicts(filing);
  const ready = filing.state === 'draft' && filing.requirements.due.every((item) => item.step === 'agreements') && filing.steps.some((step) => step.step === 'agreements');
  return {
    id: filing.id,
    kind: t.kinds[filing.kind ?? (filing.subjectId ? 'addSite' : 'firstFiling')] ?? '',
    name: filing.subject?.name || t.unnamedFiling,
    domains: summary.domains.join('、'),
    words,
    ...bar,
    next: filledIn ? nextText(filing) : words.text,
    conflicts,
    deadline: deadlineOf(filing.deadlines, Date.now()),
    url,
    ...action(filing, url, ready, conflicts),
  };
}

/** What two phones typed differently comes first. A draft goes on at its next step; what came back is mended from its findings; anything else is looked at. */
function action(filing: Filing, url: string, ready: boolean, conflicts: readonly OpenPoint[]): { actionUrl: string; action: string } {
  const words = stateWords(filing.state);
  if (conflicts[0]) {
    return { actionUrl: conflicts[0].url, action: words.action };
  }
  if (ready) {
    return { actionUrl: `/pages/submit/index?filingId=${filing.id}`, action: texts(homeTexts).submitAction };
  }
  return { actionUrl: filing.state === 'draft' ? nextPage(filing) || url : url, action: words.action };
}

function filledBar(filing: Filing): { percent: number; progress: string } {
  const confirmation = filing.subjectId ? [filing.subjectConfirmed] : [];
  const steps = [...confirmation, ...filing.steps.map((step) => step.status === 'complete' || step.status === 'locked')];
  const done = steps.filter(Boolean).length;
  return { percent: percentOf(done, steps.length), progress: fill(texts(homeTexts).stepsDone, { done, total: steps.length }) };
}

function waitingBar(timeline: Timeline): { percent: number; progress: string } {
  const total = timeline.steps.length;
  const at = timeline.steps.findIndex((step) => step.status === 'current' || step.status === 'failed');
  const name = texts(progressTexts).steps[timeline.steps[at]?.step ?? ''] ?? '';
  return { percent: percentOf(at < 0 ? total : at, total), progress: fill(texts(homeTexts).stepOf, { n: at + 1, total, name }) };
}

const percentOf = (done: number, total: number): number => (total === 0 ? 0 : Math.round((100 * done) / total));

function nextText(filing: Filing): string {
  const t = texts(homeTexts);
  const findings = filing.rejection?.findings.length ?? 0;
  if (findings > 0) {
    return fill(t.findings, { count: findings });
  }
  if (filing.subjectId && !filing.subjectConfirmed) {
    return fill(t.nextStep, { name: t.confirmStep });
  }
  const next = filing.steps.find((step) => step.visitable && step.status !== 'complete' && step.status !== 'locked');
  const name = next && texts(journeyTexts).steps[next.step];
  return name ? fill(t.nextStep, { name }) : t.readyToSubmit;
}

function olderRow(filing: FilingSummary): OlderRow {
  const t = texts(homeTexts);
  const words = stateWords(filing.state);
  return {
    id: filing.id,
    name: filing.subjectName || filing.domains[0] || t.unnamedFiling,
    note: [filing.subjectName ? filing.domains.join('、') : '', fill(t.since, { date: day(filing.stateSince) })].filter(Boolean).join(' · '),
    stateName: words.name,
    tag: words.tag,
    url: filingPage(filing.id, filing.state),
    copyable: isCopyable(filing.state),
  };
}
