// Keeps what is typed in one step of a filing: on the phone at once, on the server soon, merged with what others save meanwhile.
import { ApiError } from '../api/index';
import { type Draft, type DraftStorage, readDraft, writeDraft } from './drafts-store';
import type { Lane } from './drafts-lane';
import { type Conflict, merge, same, type Tree, withAt } from './merge';

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
  conflicts: readonly Conflict[] = [];
  refusals: readonly Refusal[] = [];

  /** The server's value that `mine` builds on; at an unsettled conflict still the old leaf, so that it is found again after a restart. */
  private base: Tree;
  private mine: Tree;
  private version: number;
  private editedAt = 0;
  private sending = false;
  private failures = 0;
  private timer: unknown = null;
  private readonly timers: Timers;

  /** Takes up what the phone still holds of this step. */
  constructor(private readonly options: DraftOptions<Filing>, filing: Filing) {
    this.timers = options.timers ?? phoneTimers;
    this.version = filing.version;
    this.base = options.valueOf(filing) ?? {};
    this.mine = this.base;
    const draft = readDraft(options.storage, options.key);
    if (draft) {
      [this.base, this.mine, this.editedAt] = [draft.base, draft.mine, draft.editedAt];
      this.rebase(filing);
      this.state = this.trueState('unsaved');
      this.schedule(debounceMs);
    }
  }

  get value(): Tree {
    return this.mine;
  }

  /** Whether the server has all of it. */
  get clean(): boolean {
    return !this.sending && this.conflicts.length === 0 && same(this.base, this.mine);
  }

  edit(pointer: string, value: unknown): void {
    this.mine = withAt(this.mine, pointer, value);
    this.editedAt = (this.options.now ?? Date.now)();
    this.refusals = this.refusals.filter((refusal) => refusal.pointer !== '' && refusal.pointer !== pointer);
    this.conflicts = this.conflicts.map((conflict) => conflict.pointer === pointer ? { ...conflict, mine: value } : conflict);
    this.keep();
    this.settle('unsaved');
    this.schedule(debounceMs);
  }

  /** A newer filing came along: take over what others changed, and keep what is mine. */
  follow(filing: Filing): void {
    if (!this.sending && filing.version > this.version && this.options.valueOf(filing) !== null) {
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
    const conflict = this.conflicts.find((one) => one.pointer === pointer);
    if (!conflict) {
      return;
    }

    this.base = withAt(this.base, pointer, conflict.theirs);
    if (side === 'theirs') {
      this.mine = withAt(this.mine, pointer, conflict.theirs);
    }
    this.conflicts = this.conflicts.filter((one) => one !== conflict);
    this.keep();
    this.settle('unsaved');
    if (this.conflicts.length === 0) {
      this.schedule(0);
    }
  }

  /** Throws away what the server does not have. */
  discard(): void {
    this.conflicts.forEach(({ pointer, theirs }) => this.base = withAt(this.base, pointer, theirs));
    [this.mine, this.conflicts, this.refusals] = [this.base, [], []];
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
    for (let saves = 0; saves < savesInARow && this.conflicts.length === 0 && (forced || !same(this.base, this.mine)); saves += 1) {
      forced = false;
      if (!await this.push(this.mine)) {
        return;
      }
    }

    this.settle('saved');
    if (!same(this.base, this.mine) && this.conflicts.length === 0) {
      this.schedule(firstRetryMs);
    }
  }

  /** False where it is of no use to go on now. */
  private async push(sent: Tree): Promise<boolean> {
    let filing: Filing;
    this.sending = true;
    this.settle('saving');
    try {
      filing = await this.options.send(sent, this.version);
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
    [this.base, this.version, this.failures] = [sent, version, 0];
    this.savedAt = (this.options.now ?? Date.now)();
    this.keep();
  }

  /** After an own save the server's spelling of it stands, but for what was typed since: no conflict with oneself. */
  private takeUp(filing: Filing): void {
    const theirs = this.options.valueOf(filing);
    if (theirs !== null) {
      this.mine = merge(this.base, this.mine, theirs, this.options.whole).value;
      [this.base, this.version] = [theirs, filing.version];
      this.keep();
    }
  }

  private rebase(filing: Filing): void {
    const theirs = this.options.valueOf(filing);
    if (theirs === null) {
      return;
    }

    const { value, conflicts } = merge(this.base, this.mine, theirs, this.options.whole);
    this.mine = value;
    this.conflicts = conflicts;
    this.base = conflicts.reduce((tree, conflict) => withAt(tree, conflict.pointer, conflict.base), theirs);
    this.version = filing.version;
    this.keep();
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
      this.failures += 1;
      const backoff = Math.min(longestRetryMs, firstRetryMs * 2 ** (this.failures - 1)) * (0.5 + (this.options.random ?? Math.random)() / 2);
      this.settle(error.kind === 'offline' || error.kind === 'timeout' ? 'offline' : 'unsaved');
      this.schedule(Math.max(backoff, (error.retryAfterSeconds ?? 0) * 1000));
      return false;
    }
    if (error.kind === 'unauthorized' || error.kind === 'aborted') {
      this.settle('unsaved');
      return false;
    }

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
      return this.recover(error instanceof ApiError && error.kind !== 'versionConflict' ? error : conflict, this.mine);
    }
  }

  /** Verification answers 422 although it stored: saved, with what is wrong beside the fields. */
  private async acceptRefused(error: ApiError, version: number, sent: Tree): Promise<boolean> {
    this.stored(sent, version);
    this.refusals = error.errors.map(({ pointer, message }) => ({ pointer, message }));
    const filing = await this.options.load().catch(() => null);
    if (filing && filing.version >= this.version) {
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
    if (this.conflicts.length === 0 && same(this.base, this.mine)) {
      storage.removeStorageSync(key);
      this.storageFull = false;
      return;
    }

    const draft: Draft = { base: this.base, mine: this.mine, baseVersion: this.version, editedAt: this.editedAt };
    this.storageFull = !writeDraft(storage, key, draft);
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

    const equal = same(this.base, this.mine);
    return equal ? 'saved' : wanted === 'saved' || wanted === 'saving' ? 'unsaved' : wanted;
  }

  private schedule(milliseconds: number): void {
    this.stopTimer();
    this.timer = this.timers.set(() => {
      this.timer = null;
      void this.options.lane(() => this.save(false)).catch(() => undefined);
    }, milliseconds);
  }

  private stopTimer(): void {
    if (this.timer !== null) {
      this.timers.clear(this.timer);
      this.timer = null;
    }
  }
}
