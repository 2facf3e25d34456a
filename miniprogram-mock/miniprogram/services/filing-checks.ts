import { texts } from '../i18n/index';
import { journeyTexts } from '../i18n/journey';
import { previewTexts } from '../i18n/preview';
import { api } from './api';
import { pageOf, whereOf } from './open-points';
import type { CheckItem, Filing, FilingCheck } from './types';

/** Begins the whole list; what takes long goes on behind it. */
export async function runCheck(filingId: string): Promise<FilingCheck> {
  return (await api.post('/api/v1/filings/{filingId}/check', { path: { filingId } })).data;
}

export async function readCheck(filingId: string): Promise<FilingCheck> {
  return (await api.get('/api/v1/filings/{filingId}/check', { path: { filingId } })).data;
}

/** A line of the list in words. */
export interface CheckRow {
  readonly key: string;
  readonly title: string;
  readonly where: string;
  readonly text: string;
  readonly status: string;
  readonly tone: string;
  readonly url: string;
}

export interface CheckGroup {
  readonly key: string;
  readonly title: string;
  readonly rows: readonly CheckRow[];
}

const tones: Record<string, string> = { passed: 'tag-good', failed: 'tag-bad', warning: 'tag-warn', pending: 'tag-info', unknown: '' };

/** The list by groups, in its own order; what is said of one paper in one row. nameOf puts the kind of a paper into words. */
export function checkGroups(filing: Filing, items: readonly CheckItem[], withPassed: boolean, nameOf: (kind: string) => string): CheckGroup[] {
  const t = texts(previewTexts);
  const groups = new Map<string, CheckRow[]>();
  for (const item of items.filter((one) => withPassed || one.status !== 'passed')) {
    const rows = groups.get(item.group) ?? [];
    const row = checkRow(filing, item, rows.length, nameOf);
    const before = rows.findIndex((one) => item.pointer.startsWith('/materials/') && one.key === row.key);
    const joined = (one: CheckRow): CheckRow => ({ ...one, text: [one.text, row.text].join('\n') });
    groups.set(item.group, before < 0 ? [...rows, row] : rows.map((one, index) => (index === before ? joined(one) : one)));
  }
  return [...groups].map(([key, rows]) => ({ key, title: t.groups[key] ?? '', rows }));
}

function checkRow(filing: Filing, item: CheckItem, index: number, nameOf: (kind: string) => string): CheckRow {
  const t = texts(previewTexts);
  const paper = /^\/materials\/(\d+)/.exec(item.pointer)?.[1];
  const name = paper ? nameOf(filing.materials[Number(paper)]?.kind ?? '') : '';
  const named = t.checks[item.check] ?? texts(journeyTexts).checks[item.check];
  return {
    key: paper ? `paper${paper}${item.status}` : `${item.group}${index}`,
    title: name || named || whereOf(filing, item),
    where: !name && named && (filing.sites.length > 1 || item.group === 'content') ? whereOf(filing, item) : '',
    text: [item.message, item.remedy].filter(Boolean).join(' '),
    status: t.statuses[item.status] ?? '',
    tone: tones[item.status] ?? '',
    url: item.status === 'failed' || item.status === 'warning' ? pageOf(filing, { pointer: item.pointer, siteId: item.siteId }) : '',
  };
}
