import { formTexts } from '../../i18n/form';
import { fill, texts } from '../../i18n/index';
import { getFiling } from '../../services/filings';
import { readPicture, type Reading } from '../../services/ocr';
import { trouble } from '../../services/trouble';

/** Photographs a certificate and offers what was read. The photo is kept as a paper of the filing. Event: read { values } by the form's pointers. */
Component({
  properties: { filingId: String, siteId: String, /** licence or idCard */ paper: { type: String, value: 'licence' } },
  data: { t: texts(formTexts), sides: [] as { part: string; text: string }[], busy: false, told: '' },
  observers: {
    paper(paper: string) {
      const t = texts(formTexts);
      this.setData({ sides: paper === 'licence' ? [{ part: '', text: t.ocrLicence }] : [{ part: 'front', text: t.ocrIdFront }, { part: 'back', text: t.ocrIdBack }] });
    },
  },
  methods: {
    async shoot(event: WechatMiniprogram.TouchEvent<object, object, { part: string }>) {
      if (this.data.busy) {
        return;
      }
      const picture = await wx.chooseMedia({ count: 1, mediaType: ['image'], sourceType: ['camera', 'album'] }).then(
        ({ tempFiles }) => tempFiles[0],
        () => undefined,
      );
      if (picture) {
        await this.read(picture.tempFilePath, event.currentTarget.dataset.part);
      }
    },
    async read(filePath: string, part: string) {
      this.setData({ busy: true, told: '' });
      try {
        const { filingId, siteId, paper } = this.data;
        const reading: Reading = await readPicture(paper === 'licence' ? 'licence' : 'idCard', { filingId, siteId, part, filePath });
        this.tell(reading);
        void getFiling(filingId).catch(() => undefined);
      } catch (error) {
        const { title, text } = trouble(error);
        this.setData({ told: [this.data.t.ocrFailed, title, text].filter(Boolean).join(' ') });
      } finally {
        this.setData({ busy: false });
      }
    },
    tell(reading: Reading) {
      const count = Object.keys(reading.values).length;
      this.setData({ told: [count ? fill(this.data.t.ocrFilled, { count }) : this.data.t.ocrNothing, ...reading.warnings].join(' ') });
      if (count) {
        this.triggerEvent('read', { values: reading.values });
      }
    },
  },
});
