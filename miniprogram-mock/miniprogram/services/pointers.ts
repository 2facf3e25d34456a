/** JSON pointers (RFC 6901) into what a form holds. */

const parts = (pointer: string): string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((part) => part.replace(/~1/g, '/').replace(/~0/g, '~'));

/** The value at a pointer; undefined when there is none. */
export function valueAt(value: unknown, pointer: string): unknown {
  let at = value;
  for (const part of parts(pointer)) {
    if (at === null || typeof at !== 'object') {
      return undefined;
    }
    at = (at as Record<string, unknown>)[part];
  }
  return at;
}
