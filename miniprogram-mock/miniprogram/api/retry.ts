// Whether and when to try again.
import { ApiError } from './errors';
import { TransportFailure } from './transport';
import type { AbortSignal } from './types';

/** Longer than this nobody waits before a spinner: the caller is told instead. */
const longestRateLimitSeconds = 5;
const longestOutageSeconds = 10;

export interface Patience {
  tries: number;
  totalMs: number;
  backoffMs: number;
  random(): number;
}

/** Milliseconds until the next try, or null to give up. `attempt` is the number of the one that failed. */
export function pauseAfter(failure: unknown, attempt: number, patience: Patience): number | null {
  if (attempt >= patience.tries) {
    return null;
  }

  // Between half and all of it, so that phones that lost the network together do not come back together.
  const backoff = patience.backoffMs * 2 ** (attempt - 1) * (0.5 + patience.random() / 2);
  if (failure instanceof TransportFailure) {
    return failure.reason === 'aborted' ? null : backoff;
  }
  if (!(failure instanceof ApiError)) {
    return null;
  }

  const asked = failure.retryAfterSeconds;
  if (failure.kind === 'rateLimited') {
    return asked !== null && asked <= longestRateLimitSeconds ? asked * 1000 : null;
  }
  if (failure.kind === 'unavailable' || failure.code === 'idempotency.inProgress') {
    return asked !== null && asked > longestOutageSeconds ? null : Math.max(backoff, (asked ?? 0) * 1000);
  }

  return null;
}

export function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      forget();
      resolve();
    }, milliseconds);
    const forget = signal.onAbort(() => {
      clearTimeout(timer);
      reject(new TransportFailure('aborted'));
    });
  });
}

/**
 * WeChat cuts calls 5 s after the app went to the background, and tells before or after it shows again: a call that was cut waits
 * for a show later than its own start.
 */
export function createShows() {
  const waiting = new Set<() => void>();
  let count = 0;

  return {
    get count() {
      return count;
    },

    resumed() {
      count += 1;
      [...waiting].forEach((go) => go());
      waiting.clear();
    },

    after(seen: number, signal: AbortSignal): Promise<void> {
      return count > seen ? Promise.resolve() : new Promise((resolve, reject) => {
        const go = () => {
          forget();
          resolve();
        };
        const forget = signal.onAbort(() => {
          waiting.delete(go);
          reject(new TransportFailure('aborted'));
        });
        waiting.add(go);
      });
    },
  };
}
