import { commonTexts } from '../../i18n/common';
import { texts } from '../../i18n/index';

/** What stands in place of a page's content: a spinner, what went wrong with a way to try again, or that there is nothing. Else its content. */
Component({
  options: { multipleSlots: false },
  properties: {
    loading: Boolean,
    /** A Trouble of services/trouble, or null. */
    error: { type: Object, value: null as unknown as WechatMiniprogram.IAnyObject },
    empty: String,
  },
  data: { t: texts(commonTexts) },
  methods: {
    retry() {
      this.triggerEvent('retry');
    },
  },
});
