import { commonTexts } from '../../i18n/common';
import { texts } from '../../i18n/index';

/** A longer text to read, over the page. Event: close. */
Component({
  properties: { open: Boolean, title: String, text: String },
  data: { t: texts(commonTexts) },
  methods: {
    close() {
      this.triggerEvent('close');
    },
    hold() {},
  },
});
