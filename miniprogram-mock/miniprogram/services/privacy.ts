import { privacyTexts } from '../i18n/privacy';
import { fill, language, texts } from '../i18n/index';
import type { Agreement } from './agreements';
import { api } from './api';
import { day, moment } from './dates';
import type { Part } from './paging';
import type { Consent, Erased } from './types';

export interface ViewerRow {
  readonly id: string;
  readonly text: string;
  readonly at: string;
}

export interface ConsentRow {
  readonly id: string;
  readonly text: string;
  readonly note: string;
}

/** A text with how the person stands to it. */
export interface TextRow extends Agreement {
  readonly state: string;
  readonly tag: string;
  readonly stands: boolean;
  readonly wasWithdrawn: boolean;
}

const limit = 20;

export async function viewerPart(cursor: string | null): Promise<Part<ViewerRow>> {
  const t = texts(privacyTexts);
  const { data } = await api.get('/api/v1/me/access-log', { query: cursor ? { limit, cursor } : { limit } });
  const glue = language() === 'en' ? ' ' : '';
  const rows = data.items.map((seen) => ({
    id: seen.id,
    text: [t.by[seen.by] ?? t.someone, t.acts[seen.act] ?? t.touched, t.things[seen.kind] ?? t.things['other']].join(glue),
    at: moment(seen.at),
  }));
  return { rows, next: data.nextCursor };
}

export async function consentPart(cursor: string | null): Promise<Part<Consent>> {
  const { data } = await api.get('/api/v1/me/consents', { query: cursor ? { limit, cursor } : { limit } });
  return { rows: data.items, next: data.nextCursor };
}

/** What was agreed to and taken back, in words. */
export function consentRows(consents: readonly Consent[], agreements: readonly Agreement[]): ConsentRow[] {
  const t = texts(privacyTexts);
  return consents.map((consent) => {
    const title = consent.textId === 'wechat' ? t.wechatText : (agreements.find((one) => one.id === consent.textId)?.title ?? t.otherText);
    const where = t.sources[consent.source] ?? '';
    return {
      id: consent.id,
      text: [t.actions[consent.action] ?? '', title].filter(Boolean).join(' · '),
      note: [moment(consent.at), where, consent.version ? fill(t.version, { version: consent.version }) : '', consent.note ?? ''].filter(Boolean).join(' · '),
    };
  });
}

/** How the person stands to each text, by the newest record of it. */
export function textRows(consents: readonly Consent[], agreements: readonly Agreement[]): TextRow[] {
  const t = texts(privacyTexts);
  return agreements.map((agreement) => {
    const newest = consents.find((consent) => consent.textId === agreement.id);
    const stands = newest?.action === 'given';
    return { ...agreement, stands, wasWithdrawn: newest?.action === 'withdrawn', state: stands ? t.standing : newest ? t.withdrawn : t.none, tag: stands ? 'tag-good' : '' };
  });
}

export async function withdrawConsent(textId: string): Promise<string> {
  const { data } = await api.delete('/api/v1/me/consents/{consentId}', { path: { consentId: textId } });
  return data.consequences;
}

export async function giveConsent(id: string, version: string): Promise<void> {
  await api.post('/api/v1/me/consents', { body: { id, version } });
}

export async function eraseMe(): Promise<Erased> {
  const { data } = await api.delete('/api/v1/me', {});
  return data;
}

/** What is gone and what is kept, in words. */
export function erasedRows({ erased, kept }: Erased): { erased: { text: string; note: string }[]; kept: { text: string; note: string }[] } {
  const t = texts(privacyTexts);
  const word = (what: string): string => t.words[what] ?? t.otherWord;
  return {
    erased: erased.filter(({ count }) => count > 0).map(({ what, count }) => ({ text: word(what), note: fill(t.count, { count }) })),
    kept: kept.map(({ what, number, why, until }) => ({
      text: [word(what), number ?? ''].filter(Boolean).join(' '),
      note: [why, until ? fill(t.keptUntil, { date: day(until) }) : ''].filter(Boolean).join(' '),
    })),
  };
}
