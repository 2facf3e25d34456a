// What a draft's state is called on the screen, and what an error means for it.
import type { ApiError } from '../api/index';
import type { HeldStep } from './drafts-held';

export type DraftState = 'saved' | 'saving' | 'unsaved' | 'offline' | 'conflict' | 'refused';

export interface Refusal {
  /** Into the step's body; empty when the refusal is about all of it. */
  readonly pointer: string;
  readonly message: string;
}

/** Conflicts come first, and nothing unsaved is called saved. */
export function trueState(held: HeldStep, sending: boolean, wanted: DraftState): DraftState {
  if (held.conflicts.length > 0) {
    return 'conflict';
  }
  if (sending) {
    return 'saving';
  }
  if (wanted === 'refused') {
    return 'refused';
  }
  if (!held.dirty) {
    return 'saved';
  }

  return wanted === 'saved' || wanted === 'saving' ? 'unsaved' : wanted;
}

/** Goes by itself: the save is tried again. */
export function isPassing(error: ApiError): boolean {
  return ['offline', 'timeout', 'unavailable', 'server', 'rateLimited'].includes(error.kind);
}

export function refusalsOf(error: ApiError): Refusal[] {
  const errors = error.errors.map(({ pointer, message }) => ({ pointer, message }));
  return errors.length > 0 ? errors : [{ pointer: '', message: error.detail }];
}
