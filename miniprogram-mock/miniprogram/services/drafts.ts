// Keeps what is typed in one step of a filing: on the phone at once, on the server soon, merged with what others save meanwhile.
import { ApiError } from '../api/index';
import { HeldStep } from './drafts-held';
import type { Lane } from './drafts-lane';
import { type DraftStorage, readDraft, writeDraft } from './drafts-store';
import type { Conflict, Tree } from './merge';

export type DraftState = 'saved' | 'saving' | 'unsaved' | 'offline' | 'conflict' | 'refused';

export interface Refusal {
  /** Into the step's body; empty when the refusal is about all of it. */
  readonly pointer: string;
  readonly message: string;
}

export interface Timers {
  set(work: () => void, milliseconds: number): unknown;
  clear(timer: unknown): void;
}

export interface DraftOptions<Filing extends { version: number }> {
  readonly key: string;
  readonly storage: DraftStorage;
  /** One PUT at a time for all steps of a filing. */
  readonly lane: Lane;
  /** The step's value in a filing; null when the filing has no such step any more. */
  valueOf(filing: Filing): Tree | null;
  /** PUTs the whole step. */
  send(value: Tree, version: number): Promise<Filing>;
  load(): Promise<Filing>;
  /** Whatever newer filing the keeper came by. */
  onFiling?(filing: Filing): void;
  onState?(): void;
  /** Pointers of objects that make sense as a whole only. */
  readonly whole?: readonly string[];
  readonly timers?: Timers;
  now?(): number;
  random?(): number;
}

const debounceMs = 800;
const firstRetryMs = 2_000;
const longestRetryMs = 60_000;
/** Somebody who types or saves faster than we do: give the network a rest, then go on. */
const savesInARow = 5;

const phoneTimers: Timers = { set: (work, milliseconds) => setTimeout(work, milliseconds), clear: (timer) => clearTimeout(timer as number) };

export class DraftKeeper<Filing extends { version: number }> {
  state: DraftState = 'saved';
  savedAt: number | null = null;
  storageFull = false;
  refusals: readonly Refusal[] = [];

  private readonly held: HeldStep;
  private sending = false;
  private failures = 0;
  private timer: unknown = null;
  private readonly timers: Timers;

  /** Takes up what the phone still holds of this step. */
  constructor(private readonly options: DraftOptions<Filing>, filing: Filing) {
    this.timers = options.timers ?? phoneTimers;
    this.held = new HeldStep(options.valueOf(filing) ?? {}, filing.version, options.whole ?? []);
    const draft = readDraft(options.storage, options.key);
    if (draft) {
      this.held.restore(draft);
      this.rebase(filing);
      this.state = this.trueState('unsaved');
      this.schedule(debounceMs);
    }
  }

  get value(): Tree {
    return this.held.mine;
  }

  get conflicts(): readonly Conflict[] {
    return this.held.conflicts;
  }

  /** Whether the server has all of it. */
  get clean(): boolean {
    return !this.sending && !this.held.dirty;
  }

  edit(pointer: string, value: unknown): void {
    this.held.edit(pointer, value, this.now());
    this.refusals = this.refusals.filter((refusal) => refusal.pointer !== '' && refusal.pointer !== pointer);
    this.keep();
    this.settle('unsaved');
    this.schedule(debounceMs);
  }

  /** A newer filing came along: take over what others changed, and keep what is mine. */
  follow(filing: Filing): void {
    if (!this.sending && filing.version > this.held.version && this.options.valueOf(filing) !== null) {
      this.rebase(filing);
      this.settle(this.state);
    }
  }

  /** Saves now; true when the server has everything. `again`: also what it already has, to have it checked once more. */
  async flush(again = false): Promise<boolean> {
    this.stopTimer();
    await this.options.lane(() => this.save(again));
    return this.clean;
  }

  /** The network is back, or the app shows again: no waiting. */
  wake(): void {
    if (!this.clean && this.state !== 'refused' && this.state !== 'conflict') {
      this.failures = 0;
      this.schedule(0);
    }
  }

  resolve(pointer: string, side: 'mine' | 'theirs'): void {
    if (!this.held.resolve(pointer, side)) {
      return;
    }

    this.keep();
    this.settle('unsaved');
    if (this.conflicts.length === 0) {
      this.schedule(0);
    }
  }

  /** Throws away what the server does not have. */
  discard(): void {
    this.held.discard();
    this.refusals = [];
    this.stopTimer();
    this.keep();
    this.settle('saved');
  }

  /** No more timers; what is unsaved stays on the phone. */
  stop(): void {
    this.stopTimer();
  }

  private async save(again: boolean): Promise<void> {
    let forced = again;
    for (let saves = 0; saves < savesInARow && this.conflicts.length === 0 && (forced || this.held.dirty); saves += 1) {
      forced = false;
      if (!await this.push(this.held.mine)) {
        return;
      }
    }

    this.settle('saved');
    if (this.held.dirty && this.conflicts.length === 0) {
      this.schedule(firstRetryMs);
    }
  }

  /** False where it is of no use to go on now. */
  private async push(sent: Tree): Promise<boolean> {
    let filing: Filing;
    this.sending = true;
    this.held.leaving(sent);
    this.keep();
    this.settle('saving');
    try {
      filing = await this.options.send(sent, this.held.version);
    } catch (error) {
      this.sending = false;
      return this.recover(error, sent);
    }

    this.sending = false;
    this.accept(filing, sent);
    return true;
  }

  private accept(filing: Filing, sent: Tree): void {
    this.refusals = [];
    this.stored(sent, filing.version);
    this.takeUp(filing);
    this.options.onFiling?.(filing);
  }

  private stored(sent: Tree, version: number): void {
    this.held.stored(sent, version);
    this.failures = 0;
    this.savedAt = this.now();
    this.keep();
  }

  private takeUp(filing: Filing): void {
    const theirs = this.options.valueOf(filing);
    if (theirs !== null) {
      this.held.takeUp(theirs, filing.version);
      this.keep();
    }
  }

  private rebase(filing: Filing): void {
    const theirs = this.options.valueOf(filing);
    if (theirs !== null) {
      this.held.rebase(theirs, filing.version);
      this.keep();
    }
  }

  /** True when it is worth sending at once again. */
  private async recover(error: unknown, sent: Tree): Promise<boolean> {
    if (!(error instanceof ApiError)) {
      this.settle('unsaved');
      throw error;
    }
    if (error.kind === 'versionConflict') {
      return this.mergeWithServer(error);
    }
    if (error.kind === 'invalid' && error.version !== null) {
      return this.acceptRefused(error, error.version, sent);
    }
    if (['offline', 'timeout', 'unavailable', 'server', 'rateLimited'].includes(error.kind)) {
      this.settle(error.kind === 'offline' || error.kind === 'timeout' ? 'offline' : 'unsaved');
      this.scheduleRetry((error.retryAfterSeconds ?? 0) * 1000);
      return false;
    }
    if (error.kind === 'unauthorized' || error.kind === 'aborted') {
      this.settle('unsaved');
      return false;
    }

    this.held.refused(sent);
    this.refuse(error);
    return false;
  }

  private async mergeWithServer(conflict: ApiError): Promise<boolean> {
    try {
      const filing = await this.options.load();
      if (this.options.valueOf(filing) === null) {
        this.refuse(conflict);
        return false;
      }

      this.rebase(filing);
      this.options.onFiling?.(filing);
      return true;
    } catch (error) {
      return this.recover(error instanceof ApiError && error.kind !== 'versionConflict' ? error : conflict, this.held.mine);
    }
  }

  /** Verification answers 422 although it stored: saved, with what is wrong beside the fields. */
  private async acceptRefused(error: ApiError, version: number, sent: Tree): Promise<boolean> {
    this.stored(sent, version);
    this.refusals = error.errors.map(({ pointer, message }) => ({ pointer, message }));
    const filing = await this.options.load().catch(() => null);
    if (filing && filing.version >= this.held.version) {
      this.takeUp(filing);
      this.options.onFiling?.(filing);
    }

    return true;
  }

  private refuse(error: ApiError): void {
    const errors = error.errors.map(({ pointer, message }) => ({ pointer, message }));
    this.refusals = errors.length > 0 ? errors : [{ pointer: '', message: error.detail }];
    this.settle('refused');
  }

  /** On the phone exactly as long as the server lacks it. */
  private keep(): void {
    const { key, storage } = this.options;
    if (!this.held.dirty) {
      storage.removeStorageSync(key);
      this.storageFull = false;
      return;
    }

    this.storageFull = !writeDraft(storage, key, this.held.draft);
  }

  private settle(wanted: DraftState): void {
    this.state = this.trueState(wanted);
    this.options.onState?.();
  }

  /** Conflicts come first, and nothing unsaved is called saved. */
  private trueState(wanted: DraftState): DraftState {
    if (this.conflicts.length > 0) {
      return 'conflict';
    }
    if (this.sending) {
      return 'saving';
    }
    if (wanted === 'refused') {
      return 'refused';
    }

    return !this.held.dirty ? 'saved' : wanted === 'saved' || wanted === 'saving' ? 'unsaved' : wanted;
  }

  private schedule(milliseconds: number): void {
    this.stopTimer();
    this.timer = this.timers.set(() => {
      this.timer = null;
      void this.options.lane(() => this.save(false)).catch(() => undefined);
    }, milliseconds);
  }

  private scheduleRetry(atLeastMs: number): void {
    this.failures += 1;
    const longest = Math.min(longestRetryMs, firstRetryMs * 2 ** (this.failures - 1));
    // Between half and all of it, so that phones that lost the network together do not come back together.
    this.schedule(Math.max(longest * (0.5 + (this.options.random ?? Math.random)() / 2), atLeastMs));
  }

  private stopTimer(): void {
    if (this.timer !== null) {
      this.timers.clear(this.timer);
      this.timer = null;
    }
  }

  private now(): number {
    return (this.options.now ?? Date.now)();
  }
}
