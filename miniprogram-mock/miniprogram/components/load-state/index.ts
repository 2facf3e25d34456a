import { commonTexts } from '../../i18n/common';
import { texts } from '../../i18n/index';
import { onReconnect } from '../../services/network';

const stops = new WeakMap<object, () => void>();

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
  lifetimes: {
    attached() {
      // What could not be loaded for want of a network is tried again once there is one, as the words say.
      stops.set(this, onReconnect(() => this.data.error && !this.data.loading && this.retry()));
    },
    detached() {
      stops.get(this)?.();
    },
  },
  methods: {
    retry() {
      this.triggerEvent('retry');
    },
    home() {
      void wx.reLaunch({ url: '/pages/home/index' });
    },
  },
});
