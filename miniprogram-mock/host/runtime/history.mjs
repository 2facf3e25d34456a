// Keeps the browser's history in step with the stack of pages, so that Back, Reload and a copied address do what they should.
import { browserAddress } from './addresses.mjs';

const settleMilliseconds = 400;
const maxSteps = 20;

/** One entry for each page of the stack; every entry knows its depth, its page, and the start (epoch) it belongs to. */
export class PageHistory {
  constructor(onMove) {
    Object.assign(this, { onMove, epoch: Date.now(), expected: null, work: Promise.resolve() });
    window.addEventListener('popstate', (event) => this.moved(event.state));
  }

  push(url, depth) {
    this.enqueue(() => this.write('pushState', url, depth));
  }

  replace(url, depth) {
    this.enqueue(() => this.write('replaceState', url, depth));
  }

  /** Back to the entry of a depth. A frame may have put entries of its own between ours, and each step takes a while: what comes after waits its turn. */
  back(depth) {
    this.enqueue(async () => {
      for (let tries = 0; tries < maxSteps && history.state?.epoch === this.epoch && history.state.depth > depth; tries += 1) {
        await this.step(tries === 0 ? history.state.depth - depth : 1);
      }
    });
  }

  step(steps) {
    return new Promise((resolve) => {
      const arrive = () => {
        clearTimeout(timer);
        this.expected = null;
        resolve();
      };
      const timer = setTimeout(arrive, settleMilliseconds);
      this.expected = arrive;
      history.go(-steps);
    });
  }

  /** A new start: entries above the first go, those that stay behind are no pages of this start. */
  restart(url, depth) {
    if (depth > 0) {
      this.back(0);
    }

    this.enqueue(() => {
      this.epoch = Date.now();
      this.write('replaceState', url, 0);
    });
  }

  moved(state) {
    if (this.expected) {
      this.expected();
      return;
    }

    this.onMove(state?.epoch === this.epoch ? state : { url: state?.url ?? null, depth: null });
  }

  write(method, url, depth) {
    history[method]({ url, depth, epoch: this.epoch }, '', browserAddress(url));
  }

  enqueue(step) {
    this.work = this.work.then(step);
  }
}
