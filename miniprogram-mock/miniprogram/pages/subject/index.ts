import { journeyTexts } from '../../i18n/journey';
import { texts } from '../../i18n/index';
import { goOn, openIn } from '../../services/next';
import { referenceSet } from '../../services/reference';
import type { Filing } from '../../services/types';

/** The subject (主体信息): who files. */
Page({
  data: { t: texts(journeyTexts), filingId: '', siteId: '', filing: null as Filing | null, showMissing: false, locked: false, busy: false, open: 0, ocr: false, persons: [] as number[] },
  onLoad(query: { filingId?: string }) {
    const t = texts(journeyTexts);
    void wx.setNavigationBarTitle({ title: t.subjectTitle });
    this.setData({ t, filingId: query.filingId ?? '' });
    // Who is a person has no licence to photograph; without the set the photograph is simply offered.
    void referenceSet<{ code: number; isPerson: boolean }>('subject-natures').then(
      ({ items }) => this.setData({ persons: items.filter((nature) => nature.isPerson).map((nature) => nature.code) }),
      () => undefined,
    );
  },
  changed(event: WechatMiniprogram.CustomEvent<{ filing: Filing; locked: boolean }>) {
    const { filing, locked } = event.detail;
    this.setData({ filing, locked, open: openIn(filing, 'subject', null).length, ocr: !locked && !this.data.persons.includes(filing.verification?.subjectNature ?? 0) });
  },
  read(event: WechatMiniprogram.CustomEvent<{ values: Record<string, unknown> }>) {
    (this.selectComponent('#form') as unknown as { takeOver(values: Record<string, unknown>): void }).takeOver(event.detail.values);
  },
  next() {
    void goOn(this, 'subject');
  },
});
