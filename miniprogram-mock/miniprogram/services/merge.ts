// Three-way merge of what a step of a form holds: by leaf, pure. A list is one leaf; empty is empty, however it is written.

export type Tree = Record<string, unknown>;

export interface Conflict {
  /** JSON pointer into the step's body. */
  readonly pointer: string;
  readonly base: unknown;
  readonly mine: unknown;
  readonly theirs: unknown;
}

export interface Merged {
  /** Where both changed a leaf, mine stands. */
  readonly value: Tree;
  readonly conflicts: readonly Conflict[];
}

/** `whole`: pointers of objects that make sense as a whole only, such as a choice with its kind. */
export function merge(base: Tree, mine: Tree, theirs: Tree, whole: readonly string[] = []): Merged {
  const conflicts: Conflict[] = [];
  const value = mergeAt('', base, mine, theirs, whole, conflicts);
  return { value: isTree(value) ? value : {}, conflicts };
}

/** The base, with those leaves of theirs that are my own: sent before, and stored although no answer arrived. */
export function withOwn(base: Tree, sent: readonly Tree[], theirs: Tree, whole: readonly string[] = []): Tree {
  const value = ownAt('', base, sent, theirs, whole);
  return isTree(value) ? value : {};
}

/** Whether two values mean the same to the server: null, absent, '', [] and {} are all nothing. */
export function same(left: unknown, right: unknown): boolean {
  if (isEmpty(left) || isEmpty(right)) {
    return isEmpty(left) && isEmpty(right);
  }
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((item, index) => same(item, right[index]));
  }
  if (isTree(left) && isTree(right)) {
    return keysOf(left, right).every((key) => same(left[key], right[key]));
  }

  return left === right;
}

/** A copy with another value at the pointer; empty takes the key away. */
export function withAt(tree: Tree, pointer: string, value: unknown): Tree {
  return put(tree, partsOf(pointer), value);
}

function put(tree: Tree, [part = '', ...rest]: string[], value: unknown): Tree {
  const child = tree[part];
  const placed = rest.length > 0 ? put(isTree(child) ? child : {}, rest, value) : value;
  const { [part]: _, ...others } = tree;
  return placed === undefined || placed === null ? others : { ...others, [part]: placed };
}

function mergeAt(pointer: string, base: unknown, mine: unknown, theirs: unknown, whole: readonly string[], conflicts: Conflict[]): unknown {
  if (same(base, mine)) {
    return theirs;
  }
  if (same(base, theirs)) {
    return mine;
  }
  if (alike(mine, theirs)) {
    return theirs;
  }
  if (goesDeeper(mine, theirs) && !whole.includes(pointer)) {
    const [was, own, other] = [base, mine, theirs].map((value) => isTree(value) ? value : {}) as [Tree, Tree, Tree];
    const merged = keysOf(was, own, other).map((key) => [key, mergeAt(`${pointer}/${escaped(key)}`, was[key], own[key], other[key], whole, conflicts)] as const);
    return Object.fromEntries(merged.filter(([, value]) => value !== undefined));
  }

  conflicts.push({ pointer, base, mine, theirs });
  return mine;
}

function ownAt(pointer: string, base: unknown, sent: readonly unknown[], theirs: unknown, whole: readonly string[]): unknown {
  if (same(base, theirs)) {
    return base;
  }
  if (sent.some((value) => alike(value, theirs))) {
    return theirs;
  }
  if (!goesDeeper(base, theirs) || whole.includes(pointer)) {
    return base;
  }

  const [was, other] = [base, theirs].map((value) => isTree(value) ? value : {}) as [Tree, Tree];
  const own = keysOf(was, other).map((key) => [key, ownAt(`${pointer}/${escaped(key)}`, was[key], sent.map((value) => isTree(value) ? value[key] : undefined), other[key], whole)] as const);
  return Object.fromEntries(own.filter(([, value]) => value !== undefined));
}

/** One of them a tree, and the other a tree or nothing. */
function goesDeeper(mine: unknown, theirs: unknown): boolean {
  return isTree(mine) ? isTree(theirs) || isEmpty(theirs) : isTree(theirs) && isEmpty(mine);
}

/** What the server makes of a text it stores is still the same text: trimmed, of half width, in capitals. */
function alike(left: unknown, right: unknown): boolean {
  return typeof left === 'string' && typeof right === 'string' ? plain(left) === plain(right) : same(left, right);
}

function plain(text: string): string {
  return text.normalize('NFKC').trim().toUpperCase();
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
    || (isTree(value) && Object.values(value).every(isEmpty));
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function keysOf(...trees: Tree[]): string[] {
  return [...new Set(trees.flatMap((tree) => Object.keys(tree)))];
}

function escaped(key: string): string {
  return key.replace(/~/g, '~0').replace(/\//g, '~1');
}

function partsOf(pointer: string): string[] {
  return pointer.split('/').slice(1).map((part) => part.replace(/~1/g, '/').replace(/~0/g, '~'));
}
