import { commonTexts } from '../i18n/common';
import { fill, texts } from '../i18n/index';
import { journeyTexts } from '../i18n/journey';
import { paperTexts } from '../i18n/papers';
import { previewTexts } from '../i18n/preview';
import { day } from './dates';
import { covers } from './forms';
import { valueAt } from './pointers';
import { stepPage } from './steps';
import type { FieldOutlook, Filing, Outlook } from './types';
import type { Words } from './words';

/** One value as it will be handed in. */
export interface PreviewRow {
  readonly key: string;
  readonly label: string;
  readonly value: string;
  readonly problem: string;
  readonly empty: boolean;
}

export interface PreviewGroup {
  readonly key: string;
  readonly title: string;
  readonly url: string;
  readonly rows: readonly PreviewRow[];
}

/** The whole filing in the order in which it is filled in. Fields nobody demands and nobody filled in are left out. */
export function previewGroups(filing: Filing, outlook: Outlook, words: Words): PreviewGroup[] {
  const t = texts(journeyTexts);
  const steps = filing.steps.filter((one) => one.step !== 'agreements');
  return steps.map(({ step, siteId }) => {
    const site = filing.sites.findIndex((one) => one.id === siteId);
    const part = site >= 0 && filing.sites.length > 1 ? filing.sites[site]!.name || fill(t.sitePart, { n: site + 1 }) : '';
    return {
      key: `${step}/${siteId ?? ''}`,
      title: [t.steps[step] ?? '', part].filter(Boolean).join(' · '),
      url: stepPage(filing.id, step, siteId),
      rows: rowsOf(filing, outlook, words, step, site),
    };
  });
}

function rowsOf(filing: Filing, outlook: Outlook, words: Words, step: string, site: number): PreviewRow[] {
  switch (step) {
    case 'faceCheck':
      return faceRows(filing, site);
    case 'materials':
      return paperRows(filing, outlook);
    case 'sitePrincipal':
      if (filing.sites[site]?.principal.sameAsSubjectPrincipal) {
        return [{ key: 'same', label: '', value: texts(previewTexts).same, problem: '', empty: false }];
      }
  }
  return outlook.fields
    .filter((field) => field.step === step && field.pointer !== null && field.type !== 'action')
    .flatMap((field) => fieldRow(filing, field, words, site));
}

function fieldRow(filing: Filing, field: FieldOutlook, words: Words, site: number): PreviewRow[] {
  const t = texts(previewTexts);
  const pointer = field.pointer!.replace('*', String(site));
  const value = valueAt(filing, pointer);
  const shown = valueText(field, value, words);
  const problem = [...filing.requirements.due, ...filing.requirements.warnings].find((item) => covers(pointer, item.pointer))?.message ?? '';
  const prefilled = filing.sites[site]?.fromVerification === true && /\/(domain|resource)$/.test(pointer);
  if (shown === null || prefilled || (!shown && !problem && field.required !== 'always')) {
    return [];
  }
  return [{ key: pointer, label: field.label, value: shown || t.empty, problem, empty: !shown }];
}

/** The value in words; empty for none, null for what is no value of its own. */
function valueText(field: FieldOutlook, value: unknown, words: Words): string | null {
  const t = texts(previewTexts);
  if (value === null || value === undefined || value === '') {
    // What holds other fields has none of its own.
    return field.id === 'subject.legalRepresentative' ? null : '';
  }
  if (Array.isArray(value)) {
    return value.map((one) => listed(field, one, words)).join(texts(commonTexts).comma);
  }
  if (typeof value === 'object') {
    return field.type === 'choice' ? words.resource(value) : null;
  }
  if (field.type === 'date') {
    return value === 'longTerm' ? t.longTerm : day(String(value));
  }
  if (field.type === 'choice') {
    return null;
  }
  return field.type === 'code' && field.referenceSet ? words.of(field.referenceSet, value) : String(value);
}

function listed(field: FieldOutlook, one: unknown, words: Words): string {
  const set = field.referenceSet ?? '';
  if (typeof one !== 'object' || one === null) {
    return words.of(set, one);
  }
  const { type, number } = one as { type?: string; number?: string | null };
  return type === 'none' ? texts(previewTexts).none : [words.of(set, type), number].filter(Boolean).join(' ');
}

function faceRows(filing: Filing, site: number): PreviewRow[] {
  const t = texts(previewTexts);
  const { faceCheck, principal } = filing.sites[site]!;
  const open = [...filing.requirements.due, ...filing.requirements.pending].find((item) => item.step === 'faceCheck' && item.siteId === filing.sites[site]!.id);
  const value = t.faceStates[faceCheck.status] ?? '';
  return [{ key: 'face', label: principal.name ?? '', value, problem: open?.message ?? '', empty: faceCheck.status === 'notStarted' }];
}

/** The papers that are there; those that are missing stand among the open points. */
function paperRows(filing: Filing, outlook: Outlook): PreviewRow[] {
  const t = texts(previewTexts);
  const parts = texts(paperTexts).parts;
  const due = filing.requirements.due.filter((item) => item.step === 'materials' && item.kind);
  const name = (kind: string, part: string | null | undefined): string => {
    const row = outlook.materials.find((one) => one.kind === kind);
    return [row?.name ?? '', part ? parts[part] ?? '' : ''].filter(Boolean).join(' · ');
  };
  const counted = new Map<string, { label: string; count: number }>();
  for (const { kind, part, siteId, deleteAt } of filing.materials) {
    const key = `${kind}/${part ?? ''}/${siteId ?? ''}`;
    if (!deleteAt) {
      counted.set(key, { label: name(kind, part), count: (counted.get(key)?.count ?? 0) + 1 });
    }
  }
  return [
    ...[...counted].map(([key, { label, count }]) => ({ key, label, value: fill(t.uploaded, { count }), problem: '', empty: false })),
    ...due.map((item, index) => ({ key: `due${index}`, label: name(item.kind!, item.part), value: t.notUploaded, problem: item.message, empty: true })),
  ];
}
