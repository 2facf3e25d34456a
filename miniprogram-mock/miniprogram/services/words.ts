import { fill, texts } from '../i18n/index';
import { previewTexts } from '../i18n/preview';
import { api } from './api';
import { referenceSet, type Division } from './reference';
import type { Filing } from './types';

/** Puts coded values into words. */
export interface Words {
  /** A value of a reference set; the value itself where the data lacks it. */
  of(set: string, value: unknown): string;
  /** What a site is served by. */
  resource(choice: { readonly kind?: string | null; readonly authCode?: string | null; readonly resourceId?: string | null }): string;
}

interface Item {
  readonly code?: number | string;
  readonly id?: string;
  readonly name: string;
}

/** Fetches what the filing's values need to be read. A missing set leaves its values as they are: a preview is better than none. */
export async function wordsFor(filing: Filing, sets: readonly string[]): Promise<Words> {
  const tables = new Map<string, ReadonlyMap<unknown, string>>();
  const load = async (set: string): Promise<void> => {
    const { items } = await referenceSet<Item & Division>(set);
    tables.set(set, new Map(set === 'divisions' ? items.flatMap(flat) : items.map((item) => [item.code ?? item.id, item.name])));
  };
  const [resources] = await Promise.all([resourceNames(filing), ...sets.map((set) => load(set).catch(() => undefined))]);
  return {
    of: (set, value) => tables.get(set)?.get(value) ?? String(value),
    resource: ({ kind, authCode, resourceId }) => {
      const t = texts(previewTexts);
      return kind === 'authCode' ? fill(t.authCode, { tail: (authCode ?? '').slice(-4) }) : resources.get(resourceId ?? '') ?? resourceId ?? '';
    },
  };
}

const flat = ({ code, name, children }: Division): [unknown, string][] => [[code, name], ...(children ?? []).flatMap(flat)];

async function resourceNames(filing: Filing): Promise<ReadonlyMap<string, string>> {
  const used = [filing.verification.resource, ...filing.sites.map((site) => site.resource)].some((choice) => choice?.kind === 'resource');
  if (!used) {
    return new Map();
  }
  const answer = await api.get('/api/v1/resources').catch(() => null);
  const t = texts(previewTexts);
  return new Map((answer?.data.items ?? []).map((item) => [item.id, fill(t.resource, { type: item.typeName, id: item.publicIps[0] ?? item.id })]));
}
