import { privacyTexts } from '../../i18n/privacy';
import { texts } from '../../i18n/index';
import { loadMore } from '../../services/paging';
import { viewerPart, type ViewerRow } from '../../services/privacy';
import { trouble, type Trouble } from '../../services/trouble';

/** Who looked at the account's data, or changed it. */
Page({
  data: { t: texts(privacyTexts), loading: true, error: null as Trouble | null, rows: [] as ViewerRow[], next: null as string | null, more: false },
  onLoad() {
    const t = texts(privacyTexts);
    void wx.setNavigationBarTitle({ title: t.viewersTitle });
    this.setData({ t });
    void this.load();
  },
  onReachBottom() {
    void this.loadMore();
  },
  async load() {
    this.setData({ loading: true, error: null });
    try {
      const { rows, next } = await viewerPart(null);
      this.setData({ loading: false, rows: [...rows], next });
    } catch (error) {
      this.setData({ loading: false, error: trouble(error) });
    }
  },
  loadMore() {
    return loadMore(this, viewerPart);
  },
});
