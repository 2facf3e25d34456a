// What is known of one step: what the server had, what is typed, what may have arrived. No input or output here.
import type { Draft } from './drafts-store';
import { type Conflict, merge, same, type Tree, withAt, withOwn } from './merge';

const mostUnsure = 10;

export class HeldStep {
  mine: Tree;
  version: number;
  conflicts: readonly Conflict[] = [];

  /** The server's value that `mine` builds on; at an unsettled conflict still the old leaf, so that it is found again after a restart. */
  private base: Tree;
  /** Sent, and no answer arrived: the server may have it, so that it is mine when it turns up there. */
  private unsure: readonly Tree[] = [];
  private editedAt = 0;

  /** `whole`: pointers of objects that make sense as a whole only. */
  constructor(theirs: Tree, version: number, private readonly whole: readonly string[]) {
    this.base = theirs;
    this.mine = theirs;
    this.version = version;
  }

  /** Whether the server may lack something. */
  get dirty(): boolean {
    return this.unsure.length > 0 || this.conflicts.length > 0 || !same(this.base, this.mine);
  }

  get draft(): Draft {
    return { base: this.base, mine: this.mine, baseVersion: this.version, unsure: this.unsure, editedAt: this.editedAt };
  }

  /** What the phone kept, to be rebased on what the server has now. */
  restore(draft: Draft): void {
    [this.base, this.mine, this.version, this.unsure, this.editedAt] = [draft.base, draft.mine, draft.baseVersion, draft.unsure, draft.editedAt];
  }

  edit(pointer: string, value: unknown, now: number): void {
    this.mine = withAt(this.mine, pointer, value);
    this.editedAt = now;
    this.conflicts = this.conflicts.map((conflict) => conflict.pointer === pointer ? { ...conflict, mine: value } : conflict);
  }

  /** Takes over what others changed, keeps what is mine, and finds out where both did. */
  rebase(theirs: Tree, version: number): void {
    const { value, conflicts } = merge(withOwn(this.base, this.unsure, theirs, this.whole), this.mine, theirs, this.whole);
    this.mine = value;
    this.conflicts = conflicts;
    this.base = conflicts.reduce((tree, conflict) => withAt(tree, conflict.pointer, conflict.base), theirs);
    if (version > this.version) {
      // What is still on its way names an older version, and is refused.
      this.unsure = [];
    }
    this.version = version;
  }

  /** About to be sent. */
  leaving(sent: Tree): void {
    this.unsure = [...this.unsure.slice(1 - mostUnsure), sent];
  }

  refused(sent: Tree): void {
    this.unsure = this.unsure.filter((value) => value !== sent);
  }

  stored(sent: Tree, version: number): void {
    [this.base, this.version, this.unsure] = [sent, version, []];
  }

  /** After an own save the server's spelling of it stands, but for what was typed since: no conflict with oneself. */
  takeUp(theirs: Tree, version: number): void {
    this.mine = merge(this.base, this.mine, theirs, this.whole).value;
    [this.base, this.version] = [theirs, version];
  }

  /** False when there is no such conflict. */
  resolve(pointer: string, side: 'mine' | 'theirs'): boolean {
    const conflict = this.conflicts.find((one) => one.pointer === pointer);
    if (!conflict) {
      return false;
    }

    this.base = withAt(this.base, pointer, conflict.theirs);
    if (side === 'theirs') {
      this.mine = withAt(this.mine, pointer, conflict.theirs);
    }
    this.conflicts = this.conflicts.filter((one) => one !== conflict);
    return true;
  }

  discard(): void {
    const theirs = this.conflicts.reduce((tree, conflict) => withAt(tree, conflict.pointer, conflict.theirs), this.base);
    [this.base, this.mine, this.conflicts, this.unsure] = [theirs, theirs, [], []];
  }
}
