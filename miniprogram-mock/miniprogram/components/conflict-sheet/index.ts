import { formTexts } from '../../i18n/form';
import { texts } from '../../i18n/index';

/** A field for which there are two values, in words. */
export interface ConflictItem {
  readonly pointer: string;
  readonly label: string;
  readonly mine: string;
  readonly theirs: string;
}

type Choice = WechatMiniprogram.TouchEvent<object, object, { pointer: string; side: 'mine' | 'theirs' }>;

/** Two values for the same field, from two phones or from the hand and a picture: the person chooses. Event: choose { pointer, side: mine or theirs }, without a pointer for all. */
Component({
  properties: {
    name: String,
    items: { type: Array, value: [] as ConflictItem[] },
    title: String,
    text: String,
    /** Where each value comes from. */
    mine: String,
    theirs: String,
    /** The buttons that choose for all of several; none without words. */
    allMine: String,
    allTheirs: String,
  },
  data: { t: texts(formTexts) },
  methods: {
    choose(event: Choice) {
      const { pointer, side } = event.currentTarget.dataset;
      this.triggerEvent('choose', { pointer, side });
    },
    hold() {},
  },
});
