import { journeyTexts } from '../../i18n/journey';
import { fill, texts } from '../../i18n/index';
import { addSite, deleteSite, getFiling } from '../../services/filings';
import { stepPage } from '../../services/steps';
import { showTrouble, trouble, type Trouble } from '../../services/trouble';
import type { Filing } from '../../services/types';

interface SiteRow {
  readonly id: string;
  readonly name: string;
  readonly domain: string;
  readonly url: string;
  readonly removable: boolean;
}

/** The sites of a filing: add one, delete one. The first is that of the verification. */
Page({
  data: { t: texts(journeyTexts), filingId: '', loading: true, error: null as Trouble | null, sites: [] as SiteRow[], editable: false, busy: false },
  onLoad(query: { filingId?: string }) {
    const t = texts(journeyTexts);
    void wx.setNavigationBarTitle({ title: t.sitesTitle });
    this.setData({ t, filingId: query.filingId ?? '' });
  },
  onShow() {
    void this.load();
  },
  async load() {
    try {
      this.show(await getFiling(this.data.filingId));
      this.setData({ loading: false, error: null });
    } catch (error) {
      this.setData({ loading: false, error: trouble(error) });
    }
  },
  show(filing: Filing) {
    const editable = filing.editable === 'everything';
    this.setData({
      editable,
      sites: filing.sites.map((site) => ({
        id: site.id,
        name: site.name || site.domain || this.data.t.unnamedSite,
        domain: site.domain ?? '',
        url: stepPage(filing.id, 'site', site.id),
        removable: editable && !site.fromVerification,
      })),
    });
  },
  add() {
    void this.change(async () => {
      const filing = await addSite(this.data.filingId);
      this.show(filing);
      void wx.navigateTo({ url: stepPage(filing.id, 'site', filing.sites[filing.sites.length - 1]!.id) });
    });
  },
  async remove(event: WechatMiniprogram.TouchEvent<object, object, { id: string; name: string }>) {
    const { id, name } = event.currentTarget.dataset;
    const { t } = this.data;
    const { confirm } = await wx.showModal({ title: t.deleteSite, content: fill(t.deleteSiteAsk, { name }) });
    if (confirm) {
      await this.change(async () => this.show(await deleteSite(this.data.filingId, id)));
    }
  },
  async change(what: () => Promise<void>) {
    if (this.data.busy) {
      return;
    }
    this.setData({ busy: true });
    try {
      await what();
    } catch (error) {
      showTrouble(error);
    } finally {
      this.setData({ busy: false });
    }
  },
});
