import { ApiError } from '../api/index';

/** Failures after which nobody knows whether the server did it. */
const unsure = new Set(['offline', 'timeout', 'aborted', 'unavailable', 'server']);

/** Whether it may have been done all the same. */
export const isUnsure = (error: unknown): boolean => !(error instanceof ApiError) || unsure.has(error.kind);

/** What may have been done, by what it is: the body that was sent and its key. */
const held = new Map<string, { body: string; key: string }>();

export const newKey = (what: string): string => `${what}-${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 12)}`;

/** Does the work with the key of an earlier try of the same that may have arrived, so that a second tap does nothing twice. */
export async function repeatable<T>(what: string, body: unknown, work: (key: string) => Promise<T>): Promise<T> {
  const text = JSON.stringify(body);
  const before = held.get(what);
  const key = before?.body === text ? before.key : newKey(what.split('/')[0]!);
  held.set(what, { body: text, key });
  try {
    const done = await work(key);
    held.delete(what);
    return done;
  } catch (error) {
    if (!isUnsure(error)) {
      held.delete(what);
    }
    throw error;
  }
}

/** The server has told how things stand: from here on the same is something new. */
export function settled(what: string): void {
  held.delete(what);
}
