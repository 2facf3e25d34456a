import type { Timers } from './drafts-clock';
import type { Lane } from './drafts-lane';
import type { DraftStorage } from './drafts-store';
import type { Tree } from './merge';

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
