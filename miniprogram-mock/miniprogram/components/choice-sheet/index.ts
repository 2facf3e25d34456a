import { formTexts } from '../../i18n/form';
import { fill, texts } from '../../i18n/index';
import type { Choice } from '../../services/choices';

interface Shown extends Choice {
  readonly chosen: boolean;
}

/** A list to choose one or many from, over the page. Events: choose { value } with what was chosen (a list with many), close. */
Component({
  properties: {
    open: Boolean,
    title: String,
    many: Boolean,
    choices: { type: Array, value: [] as Choice[] },
    /** The values chosen so far. */
    value: { type: Array, value: [] as unknown[] },
  },
  data: { t: texts(formTexts), wanted: '', picked: [] as unknown[], shown: [] as Shown[], doneText: '' },
  observers: {
    'open, choices, value'(open: boolean) {
      if (open) {
        this.setData({ picked: [...this.data.value], wanted: '' });
        this.list();
      }
    },
  },
  methods: {
    list() {
      const { choices, wanted, picked, t } = this.data;
      const sought = wanted.trim().toLowerCase();
      const found = (choices as Choice[]).filter((choice) => !sought || `${choice.text}${choice.note}`.toLowerCase().includes(sought));
      this.setData({ shown: found.map((choice) => ({ ...choice, chosen: picked.includes(choice.value) })), doneText: `${t.confirm} · ${fill(t.chosen, { count: picked.length })}` });
    },
    search(event: WechatMiniprogram.Input) {
      this.setData({ wanted: event.detail.value });
      this.list();
    },
    choose(event: WechatMiniprogram.TouchEvent<object, object, { value: string | number }>) {
      const { value } = event.currentTarget.dataset;
      if (!this.data.many) {
        this.triggerEvent('choose', { value });
        return;
      }
      const { picked } = this.data;
      this.setData({ picked: picked.includes(value) ? picked.filter((one) => one !== value) : [...picked, value] });
      this.list();
    },
    done() {
      this.triggerEvent('choose', { value: this.data.picked });
    },
    close() {
      this.triggerEvent('close');
    },
    hold() {},
  },
});
