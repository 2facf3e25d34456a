import { journeyTexts } from '../../i18n/journey';
import { texts } from '../../i18n/index';
import { goOn, openIn } from '../../services/next';
import type { Filing } from '../../services/types';

/** What kind of filing it is (验证备案类型), with the checks of domain, certificate and resource as they come in. */
Page({
  data: { t: texts(journeyTexts), filingId: '', siteId: '', filing: null as Filing | null, showMissing: false, locked: false, busy: false, open: 0 },
  onLoad(query: { filingId?: string }) {
    const t = texts(journeyTexts);
    void wx.setNavigationBarTitle({ title: t.verifyTitle });
    this.setData({ t, filingId: query.filingId ?? '' });
  },
  changed(event: WechatMiniprogram.CustomEvent<{ filing: Filing; locked: boolean }>) {
    const { filing, locked } = event.detail;
    this.setData({ filing, locked, open: openIn(filing, 'verification', null).length });
  },
  /** The list of cloud resources is the last of this form. */
  onReachBottom() {
    (this.selectComponent('#form') as unknown as { more(): void } | null)?.more();
  },
  next() {
    void goOn(this, 'verification');
  },
});
