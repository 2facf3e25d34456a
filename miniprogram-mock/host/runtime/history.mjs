// Keeps the browser's history in step with the stack of pages, so that Back, Reload and a copied address do what they should.
import { browserAddress } from './addresses.mjs';

const settleMilliseconds = 400;

/** One entry for each page of the stack; every entry knows its depth and its page. */
export function createHistory(onMove) {
  let work = Promise.resolve();
  let expected = null;
  let epoch = Date.now();

  window.addEventListener('popstate', (event) => {
    if (expected) {
      expected();
      return;
    }

    onMove(event.state?.epoch === epoch ? event.state : { url: event.state?.url ?? null, depth: null });
  });

  const enqueue = (step) => {
    work = work.then(step);
    return work;
  };
  const write = (method, url, depth) => enqueue(() => history[method]({ url, depth, epoch }, '', browserAddress(url)));
  const goBack = (steps) => enqueue(() => new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      expected = null;
      resolve();
    };
    const timer = setTimeout(done, settleMilliseconds);
    expected = done;
    history.go(-steps);
  }));

  return {
    push: (url, depth) => write('pushState', url, depth),
    replace: (url, depth) => write('replaceState', url, depth),
    back: (steps) => goBack(steps),
    /** A new start: entries above the first go, those that stay behind are no pages of this start. */
    restart(url, depth) {
      if (depth > 0) {
        goBack(depth);
      }

      enqueue(() => {
        epoch = Date.now();
      });
      return write('replaceState', url, 0);
    },
  };
}
