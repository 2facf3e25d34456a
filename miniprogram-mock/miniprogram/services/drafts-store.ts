// What is kept on the phone of a step that the server does not have yet.
import type { Tree } from './merge';

export interface Draft {
  /** The server's value that was last seen. */
  readonly base: Tree;
  readonly mine: Tree;
  readonly baseVersion: number;
  /** What was sent without an answer: the server may have it. */
  readonly unsure: readonly Tree[];
  readonly editedAt: number;
}

/** The part of wx that drafts are stored in. */
export interface DraftStorage {
  getStorageSync(key: string): unknown;
  setStorageSync(key: string, value: unknown): void;
  removeStorageSync(key: string): void;
  getStorageInfoSync(): { keys: string[] };
}

const prefix = 'draft/';

export function draftKey(userId: string, filingId: string, step: string): string {
  return `${prefix}${userId}/${filingId}/${step}`;
}

export function readDraft(storage: DraftStorage, key: string): Draft | null {
  const held = storage.getStorageSync(key);
  return typeof held === 'object' && held !== null && 'mine' in held ? held as Draft : null;
}

/** False when the phone's storage is full: what is typed then lives in memory only. */
export function writeDraft(storage: DraftStorage, key: string, draft: Draft): boolean {
  try {
    storage.setStorageSync(key, draft);
    return true;
  } catch {
    return false;
  }
}

/** The steps of a filing that hold something unsaved: `subject`, `site/<id>`. */
export function draftedSteps(storage: DraftStorage, userId: string, filingId: string): string[] {
  const start = draftKey(userId, filingId, '');
  return storage.getStorageInfoSync().keys.filter((key) => key.startsWith(start)).map((key) => key.slice(start.length));
}
