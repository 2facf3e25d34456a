// How a call gets through: token, queue, tries, and giving up.
import { ApiError } from './errors';
import { isOnce, isPublic, read } from './message';
import type { Queue } from './queue';
import { pauseAfter, sleep } from './retry';
import type { Session } from './session';
import type { Shared } from './settings';
import { createAborter } from './signal';
import { type RawAnswer, TransportFailure } from './transport';
import type { AbortSignal, Call } from './types';

/** One call, however many tries it takes: everything but the token is settled before the first. */
export interface Plan {
  readonly path: string;
  readonly queue: Queue;
  /** No new try begins after that long. */
  readonly totalMs: number;
  readonly signal: AbortSignal;
  send(token: string | null): Promise<RawAnswer>;
}

export interface Outcome {
  readonly answer: RawAnswer;
  readonly data: unknown;
}

export async function perform(shared: Shared, session: Session, plan: Plan): Promise<Outcome> {
  const started = shared.now();
  const patience = isOnce(plan.path) ? { ...shared.patience, tries: 1 } : shared.patience;
  for (let made = 1; ; made += 1) {
    const seen = shared.shows.count;
    try {
      return await attempt(shared, session, plan);
    } catch (failure) {
      if (patience.tries > 1 && failure instanceof TransportFailure && failure.reason === 'interrupted') {
        // Not the network's fault: this try does not count.
        await shared.shows.after(seen, plan.signal);
        made -= 1;
        continue;
      }

      const pause = pauseAfter(failure, made, patience);
      if (pause === null || shared.now() - started + pause > plan.totalMs) {
        throw failure;
      }

      await sleep(pause, plan.signal);
    }
  }
}

/** One try, and a second one with another token where the first was refused. */
async function attempt(shared: Shared, session: Session, plan: Plan): Promise<Outcome> {
  const token = isPublic(plan.path) ? null : await session.token();
  let answer = await plan.queue(() => plan.send(token));
  if (answer.status === 401 && token !== null) {
    const renewed = await session.token(token);
    answer = await plan.queue(() => plan.send(renewed));
  }

  return { answer, data: read(answer, shared.language()) };
}

/** A promise that can be given up, and that fails with an ApiError only. */
export function startCall<T>(shared: Shared, outer: AbortSignal | undefined, work: (signal: AbortSignal) => Promise<T>): Call<T> {
  const aborter = createAborter();
  const unlink = outer?.onAbort(() => aborter.abort());
  const promise = new Promise<T>((resolve, reject) => {
    // At once, even where the work is waiting for something that others wait for too.
    aborter.signal.onAbort(() => reject(new TransportFailure('aborted')));
    if (outer?.aborted) {
      aborter.abort();
    } else {
      work(aborter.signal).then(resolve, reject);
    }
  }).catch((failure: unknown) => {
    throw failure instanceof TransportFailure ? new ApiError(failure.reason === 'interrupted' ? 'offline' : failure.reason, shared.language()) : failure;
  }).finally(unlink);
  return Object.assign(promise, { abort: () => aborter.abort() });
}
