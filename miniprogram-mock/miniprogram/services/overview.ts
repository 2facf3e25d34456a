import { journeyTexts } from '../i18n/journey';
import { fill, texts } from '../i18n/index';
import { day } from './dates';
import { openIn } from './next';
import { stepOfPointer, stepPage } from './steps';
import type { FieldOutlook, Filing } from './types';

export interface StepRow {
  readonly key: string;
  readonly step: string;
  readonly name: string;
  readonly note: string;
  readonly status: string;
  readonly tone: string;
  readonly url: string;
}

export interface StepGroup {
  readonly title: string;
  readonly rows: readonly StepRow[];
}

export interface FindingRow {
  readonly key: string;
  readonly where: string;
  readonly reason: string;
  readonly suggestion: string;
  readonly url: string;
}

/** Of a filed subject these are confirmed, not filled in. */
const filed = new Set(['subject', 'subjectPrincipal']);

const tones: Record<string, string> = { complete: 'tag-good', incomplete: 'tag-warn' };

/** The steps of a filing as the person goes through them: the subject, each site, papers and submission. */
export function stepGroups(filing: Filing): StepGroup[] {
  const t = texts(journeyTexts);
  const rows = (fits: (step: string, siteId: string | null) => boolean): StepRow[] =>
    filing.steps.filter((one) => fits(one.step, one.siteId ?? null) && !(filing.subjectId && filed.has(one.step) && one.status === 'complete')).map((one) => stepRow(filing, one.step, one.siteId ?? null, one.status));
  const sites = filing.sites.map((site, index) => ({
    title: [fill(t.sitePart, { n: index + 1 }), site.name || site.domain].filter(Boolean).join(' · '),
    rows: rows((_, siteId) => siteId === site.id),
  }));
  const last = (step: string) => step === 'materials' || step === 'agreements';
  const confirmation = filing.subjectId ? [confirmationRow(filing)] : [];
  return [
    { title: t.subjectPart, rows: [...confirmation, ...rows((step, siteId) => siteId === null && !last(step))] },
    ...sites,
    { title: t.lastPart, rows: rows((step, siteId) => siteId === null && last(step)) },
  ].filter((group) => group.rows.length > 0);
}

function stepRow(filing: Filing, step: string, siteId: string | null, status: string): StepRow {
  const t = texts(journeyTexts);
  const open = openIn(filing, step, siteId).length;
  return {
    key: `${step}/${siteId ?? ''}`,
    step,
    name: t.steps[step] ?? '',
    note: status !== 'notStarted' && status !== 'locked' && open > 0 ? fill(t.openCount, { count: open }) : '',
    status: t.status[status] ?? '',
    tone: tones[status] ?? '',
    url: stepPage(filing.id, step, siteId),
  };
}

function confirmationRow(filing: Filing): StepRow {
  const t = texts(journeyTexts);
  const status = filing.subjectConfirmed ? 'complete' : 'notStarted';
  return {
    key: 'confirmation',
    step: 'confirmation',
    name: t.steps['confirmation']!,
    note: '',
    status: t.status[status]!,
    tone: tones[status] ?? '',
    url: `/pages/confirm/index?filingId=${filing.id}`,
  };
}

/** What the review found, each with the page where it is mended. */
export function findingRows(filing: Filing, fields: readonly FieldOutlook[]): FindingRow[] {
  const t = texts(journeyTexts);
  return (filing.rejection?.findings ?? []).map((finding, index) => {
    const { step, siteId } = stepOfPointer(filing, finding.pointer);
    const site = filing.sites.findIndex((one) => one.id === siteId);
    const general = finding.pointer.replace(/^\/sites\/\d+/, '/sites/*');
    const label = fields.find((field) => field.pointer === general)?.label ?? t.steps[step] ?? '';
    return {
      key: String(index),
      where: site > 0 || filing.sites.length > 1 ? [site >= 0 ? fill(t.sitePart, { n: site + 1 }) : '', label].filter(Boolean).join(' · ') : label,
      reason: finding.reason,
      suggestion: finding.suggestion ?? '',
      url: stepPage(filing.id, step, siteId),
    };
  });
}

/** The deadline that hangs over an open filing, in a sentence; empty for none. */
export function deadlineOf(filing: Filing): string {
  const t = texts(journeyTexts);
  const { draftExpiresAt, returnsToDraftAt } = filing.deadlines;
  if (returnsToDraftAt) {
    return fill(t.returnsToDraft, { date: day(returnsToDraftAt) });
  }
  return draftExpiresAt ? fill(t.draftExpires, { date: day(draftExpiresAt) }) : '';
}

/** Where "go on" leads: the first step that is not done and can be visited; empty when nothing is left but submitting, or nothing may be changed. */
export function nextPage(filing: Filing): string {
  if (filing.subjectId && !filing.subjectConfirmed) {
    return `/pages/confirm/index?filingId=${filing.id}`;
  }
  const next = filing.steps.find((one) => one.visitable && one.status !== 'complete' && one.status !== 'locked');
  return next ? stepPage(filing.id, next.step, next.siteId) : '';
}
