export interface Timers {
  set(work: () => void, milliseconds: number): unknown;
  clear(timer: unknown): void;
}

const phoneTimers: Timers = { set: (work, milliseconds) => setTimeout(work, milliseconds), clear: (timer) => clearTimeout(timer as number) };
const firstRetryMs = 2_000;
const longestRetryMs = 60_000;

/** One alarm, the last one set; after failures it is set later and later. */
export class DraftClock {
  private failures = 0;
  private timer: unknown = null;

  constructor(private readonly ring: () => void, private readonly random: () => number = Math.random, private readonly timers: Timers = phoneTimers) {}

  set(milliseconds: number): void {
    this.stop();
    this.timer = this.timers.set(() => {
      this.timer = null;
      this.ring();
    }, milliseconds);
  }

  setAfterFailure(atLeastMs: number): void {
    this.failures += 1;
    const longest = Math.min(longestRetryMs, firstRetryMs * 2 ** (this.failures - 1));
    // Between half and all of it, so that phones that lost the network together do not come back together.
    this.set(Math.max(longest * (0.5 + this.random() / 2), atLeastMs));
  }

  forgetFailures(): void {
    this.failures = 0;
  }

  stop(): void {
    if (this.timer !== null) {
      this.timers.clear(this.timer);
      this.timer = null;
    }
  }
}
