/** Between a page and the one that opened it. What is sent before somebody listens is kept for them. */
export function createEventChannel(events) {
  const listeners = {};
  const kept = new Map();
  const of = (name) => (listeners[name] ??= new Set());
  const channel = {
    on(name, listener) {
      of(name).add(listener);
      const early = kept.get(name) ?? [];
      kept.delete(name);
      early.forEach((values) => listener(...values));
    },
    once(name, listener) {
      const once = (...values) => {
        channel.off(name, once);
        listener(...values);
      };
      channel.on(name, once);
    },
    off(name, listener) {
      if (listener) {
        of(name).delete(listener);
      } else {
        of(name).clear();
      }
    },
    emit(name, ...values) {
      if (of(name).size === 0) {
        kept.set(name, [...(kept.get(name) ?? []), values]);
      }

      [...of(name)].forEach((listener) => listener(...values));
    },
  };
  Object.entries(events).forEach(([name, listener]) => channel.on(name, listener));
  return channel;
}
