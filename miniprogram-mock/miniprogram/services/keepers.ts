import type { Filing, FormStep, StepValue } from './types';

/** Keeps what is typed in one step. */
export interface Keeper {
  readonly value: StepValue;
  readonly state: string;
  readonly savedAt: number | null;
  readonly storageFull: boolean;
  readonly refusals: readonly { readonly pointer: string; readonly message: string }[];
  readonly conflicts: readonly { readonly pointer: string; readonly mine: unknown; readonly theirs: unknown }[];
  edit(pointer: string, value: unknown): void;
  follow(filing: Filing): void;
  flush(): Promise<boolean>;
  resolve(pointer: string, side: 'mine' | 'theirs'): void;
  discard(): void;
  close(): void;
}

export declare function openKeeper(filing: Filing, step: FormStep, siteId: string | null, changed: () => void): Promise<Keeper>;
