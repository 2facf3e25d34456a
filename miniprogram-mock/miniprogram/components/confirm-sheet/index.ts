import { commonTexts } from '../../i18n/common';
import { texts } from '../../i18n/index';

/**
 * Asks before something that matters: what it does, an optional reason, or a word to type first.
 * Events: confirm { reason }, close. It stays open while busy; the page closes it.
 */
Component({
  properties: {
    open: Boolean,
    title: String,
    text: String,
    /** What the button says. */
    action: String,
    danger: Boolean,
    /** Label of the reason; none is asked for without it. */
    reasonLabel: String,
    reasonMaxLength: { type: Number, value: 200 },
    /** To be typed exactly before the button works; nothing to type without it. */
    word: String,
    wordLabel: String,
    busy: Boolean,
  },
  data: { t: texts(commonTexts), reason: '', typed: '' },
  observers: {
    open(open: boolean) {
      if (open) {
        this.setData({ reason: '', typed: '' });
      }
    },
  },
  methods: {
    typeReason(event: WechatMiniprogram.Input) {
      this.setData({ reason: event.detail.value });
    },
    typeWord(event: WechatMiniprogram.Input) {
      this.setData({ typed: event.detail.value.trim() });
    },
    confirm() {
      const { busy, word, typed, reason } = this.data;
      if (!busy && (!word || typed === word)) {
        this.triggerEvent('confirm', { reason: reason.trim() || null });
      }
    },
    close() {
      if (!this.data.busy) {
        this.triggerEvent('close');
      }
    },
    hold() {},
  },
});
