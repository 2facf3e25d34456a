import { formTexts } from '../i18n/form';
import { resourceTexts } from '../i18n/resources';
import { fill, texts } from '../i18n/index';
import { api } from './api';
import { day, moment } from './dates';
import type { Part } from './paging';
import type { Resource } from './types';

export interface ResourceCard {
  readonly id: string;
  readonly name: string;
  readonly eligible: boolean;
  readonly status: string;
  readonly lines: readonly string[];
  readonly reasons: readonly { message: string; remedy: string }[];
  readonly codesLeft: number;
}

/** A resource that a site can be put on, or why it cannot. */
export interface ResourceChoice {
  readonly id: string;
  readonly name: string;
  readonly note: string;
  readonly why: string;
  readonly eligible: boolean;
}

/** Every resource, to choose one from. */
export async function allResources(): Promise<ResourceCard[]> {
  const cards: ResourceCard[] = [];
  let next: string | null = null;
  do {
    const part: Part<Resource> = await read(next, 100);
    cards.push(...part.rows.map(card));
    ({ next } = part);
  } while (next);
  return cards;
}

export async function resourcePart(cursor: string | null): Promise<Part<ResourceCard>> {
  const { rows, next } = await read(cursor, 20);
  return { rows: rows.map(card), next };
}

/** As a form offers them. */
export async function resourceChoices(cursor: string | null): Promise<Part<ResourceChoice>> {
  const { rows, next } = await read(cursor, 20);
  return { rows: rows.map(choice), next };
}

async function read(cursor: string | null, limit: number): Promise<Part<Resource>> {
  const { data } = await api.get('/api/v1/resources', { query: cursor ? { limit, cursor } : { limit } });
  return { rows: data.items, next: data.nextCursor };
}

function choice({ id, type, typeName, slots, expiresAt, reasons, eligible }: Resource): ResourceChoice {
  const t = texts(formTexts);
  const note = [fill(t.slotsLeft, { left: slots.left }), expiresAt ? fill(t.expires, { date: day(expiresAt) }) : ''].filter(Boolean).join(' · ');
  return { id, name: typeName ?? type, note, why: reasons.map((reason) => reason.message).join(' '), eligible };
}

function card(resource: Resource): ResourceCard {
  const t = texts(resourceTexts);
  const { slots, codes } = resource;
  const paid = t.billing[resource.billing] ?? '';
  return {
    id: resource.id,
    name: resource.typeName,
    eligible: resource.eligible,
    status: resource.eligible ? t.eligible : t.notEligible,
    lines: [
      resource.publicIps.join('、'),
      [paid, resource.expiresAt ? fill(t.expires, { date: day(resource.expiresAt) }) : ''].filter(Boolean).join(' · '),
      slots.total > 0 ? fill(t.slots, { left: slots.left, total: slots.total }) : '',
      codes.total > 0 ? fill(t.codes, { left: codes.left, total: codes.total }) : '',
      fill(t.synced, { time: moment(resource.syncedAt) }),
    ].filter(Boolean),
    reasons: resource.reasons.map((reason) => ({ message: reason.message, remedy: reason.remedy ?? '' })),
    codesLeft: codes.left,
  };
}
