/** At most so many at once, in the order in which they came; `first` goes before those that wait. */
export function createQueue(limit: number) {
  const waiting: (() => void)[] = [];
  let running = 0;

  return async function run<T>(work: () => Promise<T>, first = false): Promise<T> {
    if (running >= limit) {
      await new Promise<void>((go) => first ? waiting.unshift(go) : waiting.push(go));
    } else {
      running += 1;
    }

    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) {
        // The place is handed on, so that nobody slips in between.
        next();
      } else {
        running -= 1;
      }
    }
  };
}

export type Queue = ReturnType<typeof createQueue>;
