import { commonTexts } from '../../i18n/common';
import { texts } from '../../i18n/index';
import { paperTexts } from '../../i18n/papers';
import { isoDay } from '../../services/dates';

type Tap = WechatMiniprogram.TouchEvent<object, object, { part?: string; source?: string; file?: string; upload?: string; kind?: string }>;

/**
 * One paper of a filing: what it must be like, its files, and what is on its way. card is a PaperCard. Events carry the paper's key and what was tapped:
 * add { part, source }, replace { part, file }, remove { file }, look { file }, retry { upload }, cancel { upload }, date { value }, letter,
 * instead { kind }, copy.
 */
Component({
  properties: {
    card: { type: Object, value: {} as WechatMiniprogram.IAnyObject },
    locked: Boolean,
    /** The address of the letter once it was asked for: { url, text }. */
    link: { type: Object, value: null as unknown as WechatMiniprogram.IAnyObject },
    letterBusy: Boolean,
  },
  data: { t: texts(paperTexts), common: texts(commonTexts), today: isoDay(new Date()) },
  methods: {
    tell(event: Tap, name: string) {
      this.triggerEvent(name, { ...event.currentTarget.dataset, key: this.data.card['key'] as string });
    },
    add(event: Tap) {
      this.tell(event, 'add');
    },
    replace(event: Tap) {
      this.tell(event, 'replace');
    },
    remove(event: Tap) {
      this.tell(event, 'remove');
    },
    look(event: Tap) {
      this.tell(event, 'look');
    },
    retry(event: Tap) {
      this.tell(event, 'retry');
    },
    cancel(event: Tap) {
      this.tell(event, 'cancel');
    },
    letter(event: Tap) {
      this.tell(event, 'letter');
    },
    instead(event: Tap) {
      this.tell(event, 'instead');
    },
    copy(event: Tap) {
      this.tell(event, 'copy');
    },
    date(event: WechatMiniprogram.PickerChange) {
      this.triggerEvent('date', { key: this.data.card['key'] as string, value: event.detail.value as string });
    },
  },
});
