import { formTexts } from '../../i18n/form';
import { texts } from '../../i18n/index';

/** A field that was changed differently in two places. */
export interface ConflictItem {
  readonly pointer: string;
  readonly label: string;
  readonly mine: string;
  readonly theirs: string;
}

/** Two phones wrote the same field: the person chooses. Event: choose { pointer, side: mine or theirs }. */
Component({
  properties: { items: { type: Array, value: [] as ConflictItem[] } },
  data: { t: texts(formTexts) },
  methods: {
    choose(event: WechatMiniprogram.TouchEvent<object, object, { pointer: string; side: 'mine' | 'theirs' }>) {
      const { pointer, side } = event.currentTarget.dataset;
      this.triggerEvent('choose', { pointer, side });
    },
    hold() {},
  },
});
