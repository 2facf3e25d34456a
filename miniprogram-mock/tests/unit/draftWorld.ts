// A phone, a clock and a server with one filing, for tests of the keeper of drafts.
import { ApiError, type ErrorKind } from '../../miniprogram/api/index';
import { DraftKeeper } from '../../miniprogram/services/drafts';
import type { Timers } from '../../miniprogram/services/drafts-clock';
import { createLane } from '../../miniprogram/services/drafts-lane';
import type { DraftStorage } from '../../miniprogram/services/drafts-store';
import type { Tree } from '../../miniprogram/services/merge';

export interface Filing {
  version: number;
  steps: Record<string, Tree>;
}

export class DraftWorld {
  now = 0;
  full = false;
  filing: Filing = { version: 1, steps: { subject: { name: '某' }, site: { name: '站' } } };
  puts: { step: string; value: Tree; version: number }[] = [];
  /** What the next PUTs fail with instead of being stored; `lost`: stored, but the answer does not arrive. */
  faults: (ApiError | 'lost')[] = [];
  /** Run while a PUT is under way. */
  during: (() => void) | null = null;
  states: string[] = [];
  readonly stored = new Map<string, string>();
  readonly lane = createLane();
  private readonly due: { at: number; work: () => void }[] = [];

  readonly storage: DraftStorage = {
    getStorageSync: (key) => this.stored.has(key) ? JSON.parse(this.stored.get(key) ?? '') : '',
    setStorageSync: (key, value) => {
      if (this.full) {
        throw new Error('setStorageSync:fail exceed storage max size 10Mb');
      }
      this.stored.set(key, JSON.stringify(value));
    },
    removeStorageSync: (key) => void this.stored.delete(key),
    getStorageInfoSync: () => ({ keys: [...this.stored.keys()] }),
  };

  readonly timers: Timers = {
    set: (work, milliseconds) => {
      const entry = { at: this.now + milliseconds, work };
      this.due.push(entry);
      return entry;
    },
    clear: (timer) => void this.due.splice(0, this.due.length, ...this.due.filter((entry) => entry !== timer)),
  };

  open(step = 'subject'): DraftKeeper<Filing> {
    const keeper: DraftKeeper<Filing> = new DraftKeeper<Filing>({
      key: `draft/lin/1/${step}`,
      storage: this.storage,
      lane: this.lane,
      valueOf: (filing) => filing.steps[step] ?? null,
      send: (value, version) => this.put(step, value, version),
      load: async () => this.copy(),
      onState: () => void this.states.push(keeper.state),
      timers: this.timers,
      now: () => this.now,
      random: () => 1,
    }, this.copy());
    return keeper;
  }

  /** Another phone, or another page, saves. */
  saveElsewhere(step: string, value: Tree): void {
    this.filing = { version: this.filing.version + 1, steps: { ...this.filing.steps, [step]: value } };
  }

  /** Lets time pass, timer by timer, and what they started come to rest. */
  async pass(milliseconds: number): Promise<void> {
    const end = this.now + milliseconds;
    for (;;) {
      await this.rest();
      const next = this.due.filter((entry) => entry.at <= end).sort((left, right) => left.at - right.at)[0];
      if (!next) {
        break;
      }
      this.timers.clear(next);
      this.now = Math.max(this.now, next.at);
      next.work();
    }
    this.now = end;
  }

  async rest(): Promise<void> {
    await new Promise<void>((done) => setImmediate(done));
  }

  copy(): Filing {
    return structuredClone(this.filing);
  }

  private async put(step: string, value: Tree, version: number): Promise<Filing> {
    this.puts.push({ step, value: structuredClone(value), version });
    await Promise.resolve();
    this.during?.();
    this.during = null;
    const fault = this.faults.shift();
    if (fault && fault !== 'lost') {
      throw fault;
    }
    if (version !== this.filing.version) {
      throw refusal('versionConflict', 412, { code: 'filing.versionConflict', currentVersion: this.filing.version });
    }
    this.filing = { version: version + 1, steps: { ...this.filing.steps, [step]: structuredClone(value) } };
    if (fault === 'lost') {
      throw refusal('offline');
    }
    return this.copy();
  }
}

export function refusal(kind: ErrorKind, status = 0, data?: object, retryAfterSeconds: number | null = null): ApiError {
  return new ApiError(kind, 'zh-CN', { status, data, retryAfterSeconds });
}
