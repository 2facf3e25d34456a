import { formTexts } from '../../i18n/form';
import { journeyTexts } from '../../i18n/journey';
import { texts } from '../../i18n/index';
import { goOn, openIn } from '../../services/next';
import { stepPage } from '../../services/steps';
import type { Filing, Site } from '../../services/types';

/** One site of the filing (网站信息). */
Page({
  data: {
    t: texts(journeyTexts),
    f: texts(formTexts),
    filingId: '',
    siteId: '',
    filing: null as Filing | null,
    site: null as Site | null,
    missing: false,
    showMissing: false,
    locked: false,
    busy: false,
    open: 0,
  },
  onLoad(query: { filingId?: string; siteId?: string }) {
    const t = texts(journeyTexts);
    void wx.setNavigationBarTitle({ title: t.siteTitle });
    this.setData({ t, f: texts(formTexts), siteId: query.siteId ?? '', filingId: query.filingId ?? '' });
  },
  changed(event: WechatMiniprogram.CustomEvent<{ filing: Filing; locked: boolean }>) {
    const { filing, locked } = event.detail;
    const { siteId } = this.data;
    this.setData({ filing, locked, site: filing.sites.find((site) => site.id === siteId) ?? null, open: openIn(filing, 'site', siteId).length });
  },
  gone() {
    this.setData({ missing: true });
  },
  overview() {
    void wx.redirectTo({ url: stepPage(this.data.filingId, 'overview') });
  },
  next() {
    void goOn(this, 'site');
  },
});
