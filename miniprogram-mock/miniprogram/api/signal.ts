import type { AbortSignal } from './types';

export interface Aborter {
  readonly signal: AbortSignal;
  abort(): void;
}

/** What AbortController is elsewhere. */
export function createAborter(): Aborter {
  const listeners = new Set<() => void>();
  let aborted = false;
  return {
    signal: {
      get aborted() {
        return aborted;
      },
      onAbort(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    abort() {
      if (!aborted) {
        aborted = true;
        [...listeners].forEach((listener) => listener());
        listeners.clear();
      }
    },
  };
}
