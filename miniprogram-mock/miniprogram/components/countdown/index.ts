import { progressTexts } from '../../i18n/progress';
import { fill, texts } from '../../i18n/index';
import { timeLeft } from '../../services/deadlines';

const timers = new WeakMap<object, ReturnType<typeof setInterval>>();

/** How much time is left until a moment, counted down while the page is seen. Event: over, once. */
Component({
  properties: { until: String },
  data: { text: '', over: false },
  observers: {
    until() {
      this.setData({ over: false });
      this.count();
    },
  },
  lifetimes: {
    attached() {
      this.run();
    },
    detached() {
      this.rest();
    },
  },
  pageLifetimes: {
    show() {
      this.run();
    },
    hide() {
      this.rest();
    },
  },
  methods: {
    run() {
      this.rest();
      this.count();
      timers.set(this, setInterval(() => this.count(), 1000));
    },
    rest() {
      const timer = timers.get(this);
      if (timer !== undefined) {
        clearInterval(timer);
        timers.delete(this);
      }
    },
    count() {
      const { until, text, over } = this.data;
      if (!until || over) {
        return;
      }
      const t = texts(progressTexts);
      const left = timeLeft(until, Date.now());
      const now = left ? fill(t.left, { time: left }) : t.overdue;
      if (now !== text) {
        this.setData({ text: now, over: !left });
      }
      if (!left) {
        this.triggerEvent('over');
      }
    },
  },
});
