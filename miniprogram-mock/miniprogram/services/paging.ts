import { showTrouble } from './trouble';

/** Part of a list that is read page by page. */
export interface Part<T> {
  readonly rows: readonly T[];
  /** For the part after it; null on the last one. */
  readonly next: string | null;
}

/** A page that shows such a list. */
interface ListPage<T> {
  readonly data: { readonly rows: readonly T[]; readonly next: string | null; readonly more: boolean };
  setData(data: { rows?: T[]; next?: string | null; more?: boolean }): void;
}

/** Adds the part that comes next, once at a time; says it when that fails. */
export async function loadMore<T>(page: ListPage<T>, ask: (cursor: string) => Promise<Part<T>>): Promise<void> {
  const { next, more } = page.data;
  if (!next || more) {
    return;
  }
  page.setData({ more: true });
  try {
    const part = await ask(next);
    page.setData({ rows: [...page.data.rows, ...part.rows], next: part.next });
  } catch (error) {
    showTrouble(error);
  } finally {
    page.setData({ more: false });
  }
}
