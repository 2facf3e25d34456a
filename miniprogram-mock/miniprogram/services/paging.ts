import { showTrouble, trouble, type Trouble } from './trouble';

/** Part of a list that is read page by page. */
export interface Part<T> {
  readonly rows: readonly T[];
  /** For the part after it; null on the last one. */
  readonly next: string | null;
}

/** Asks for the part at a cursor; null for the first one. */
type Ask<T> = (cursor: string | null) => Promise<Part<T>>;

/** A page, or a component, that shows such a list. */
interface Listing<T> {
  readonly data: { readonly rows: readonly T[]; readonly next: string | null; readonly more: boolean };
  setData(data: { rows?: T[]; next?: string | null; more?: boolean; loading?: boolean; error?: Trouble | null }): void;
}

/** The list from its beginning, in place of what was shown; throws what the API throws. */
export async function beginList<T>(page: Listing<T>, ask: Ask<T>): Promise<void> {
  const { rows, next } = await ask(null);
  page.setData({ rows: [...rows], next });
}

/** The same for what is nothing but such a list: it is there, or the trouble stands in its place. */
export async function loadList<T>(page: Listing<T>, ask: Ask<T>): Promise<void> {
  try {
    await beginList(page, ask);
    page.setData({ loading: false, error: null });
  } catch (error) {
    page.setData({ loading: false, error: trouble(error) });
  }
}

/** Adds the part that comes next, once at a time; says it when that fails. */
export async function loadMore<T>(page: Listing<T>, ask: Ask<T>): Promise<void> {
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
