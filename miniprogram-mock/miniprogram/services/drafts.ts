// Keeps what is typed in one step of a filing: on the phone at once, on the server soon, merged with what others save meanwhile.
import { ApiError } from '../api/index';
import { DraftClock } from './drafts-clock';
import { HeldStep } from './drafts-held';
import { type DraftState, isPassing, type Refusal, refusalsOf, trueState } from './drafts-state';
import { readDraft, writeDraft } from './drafts-store';
import type { DraftOptions } from './drafts-types';
import type { Conflict, Tree } from './merge';

const debounceMs = 800;
const restMs = 2_000;
/** Somebody types or saves faster than we do: give the network a rest, then go on. */
const savesInARow = 5;

export class DraftKeeper<Filing extends { version: number }> {
  state: DraftState = 'saved';
  savedAt: number | null = null;
  storageFull = false;
  refusals: readonly Refusal[] = [];

  private readonly held: HeldStep;
  private sending = false;
  private readonly clock: DraftClock;

  /** Takes up what the phone still holds of this step. */
  constructor(private readonly options: DraftOptions<Filing>, filing: Filing) {
    this.clock = new DraftClock(() => void options.lane(() => this.save(false)).catch(() => undefined), options.random, options.timers);
    this.held = new HeldStep(options.valueOf(filing) ?? {}, filing.version, options.whole ?? []);
    const draft = readDraft(options.storage, options.key);
    if (draft) {
      this.held.restore(draft);
      this.rebase(filing);
      this.state = trueState(this.held, this.sending, 'unsaved');
      this.clock.set(debounceMs);
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
    this.clock.set(debounceMs);
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
    this.clock.stop();
    await this.options.lane(() => this.save(again));
    return this.clean;
  }

  /** The network is back, or the app shows again: no waiting. */
  wake(): void {
    if (!this.clean && this.state !== 'refused' && this.state !== 'conflict') {
      this.clock.forgetFailures();
      this.clock.set(0);
    }
  }

  resolve(pointer: string, side: 'mine' | 'theirs'): void {
    if (!this.held.resolve(pointer, side)) {
      return;
    }

    this.keep();
    this.settle('unsaved');
    if (this.conflicts.length === 0) {
      this.clock.set(0);
    }
  }

  /** Throws away what the server does not have. */
  discard(): void {
    this.held.discard();
    this.refusals = [];
    this.clock.stop();
    this.keep();
    this.settle('saved');
  }

  /** No more timers; what is unsaved stays on the phone. */
  stop(): void {
    this.clock.stop();
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
      this.clock.set(restMs);
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
    this.refusals = [];
    this.stored(sent, filing.version);
    this.takeUp(filing);
    this.options.onFiling?.(filing);
    return true;
  }

  private stored(sent: Tree, version: number): void {
    this.held.stored(sent, version);
    this.clock.forgetFailures();
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
    if (isPassing(error)) {
      this.settle(error.kind === 'offline' || error.kind === 'timeout' ? 'offline' : 'unsaved');
      this.clock.setAfterFailure((error.retryAfterSeconds ?? 0) * 1000);
      return false;
    }
    if (error.kind === 'unauthorized' || error.kind === 'aborted') {
      this.settle('unsaved');
    } else {
      this.held.refused(sent);
      this.refuse(error);
    }

    return false;
  }

  private async mergeWithServer(conflict: ApiError): Promise<boolean> {
    let filing: Filing;
    try {
      filing = await this.options.load();
    } catch (error) {
      return this.recover(error, this.held.mine);
    }

    if (this.options.valueOf(filing) === null) {
      this.refuse(conflict);
      return false;
    }

    this.rebase(filing);
    this.options.onFiling?.(filing);
    return true;
  }

  /** Verification answers 422 although it stored: saved, with what is wrong beside the fields. */
  private async acceptRefused(error: ApiError, version: number, sent: Tree): Promise<boolean> {
    this.stored(sent, version);
    this.refusals = refusalsOf(error);
    const filing = await this.options.load().catch(() => null);
    if (filing && filing.version >= this.held.version) {
      this.takeUp(filing);
      this.options.onFiling?.(filing);
    }

    return true;
  }

  private refuse(error: ApiError): void {
    this.refusals = refusalsOf(error);
    this.settle('refused');
  }

  /** On the phone exactly as long as the server lacks it. */
  private keep(): void {
    const { key, storage } = this.options;
    if (this.held.dirty) {
      this.storageFull = !writeDraft(storage, key, this.held.draft);
    } else {
      storage.removeStorageSync(key);
      this.storageFull = false;
    }
  }

  private settle(wanted: DraftState): void {
    this.state = trueState(this.held, this.sending, wanted);
    this.options.onState?.();
  }

  private now(): number {
    return (this.options.now ?? Date.now)();
  }
}
