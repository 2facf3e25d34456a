import { resourceTexts } from '../../i18n/resources';
import { texts } from '../../i18n/index';
import { loadMore } from '../../services/paging';
import { resourcePart, type ResourceCard } from '../../services/resources';
import { trouble, type Trouble } from '../../services/trouble';

/** The account's cloud resources: what can be filed on each, and why not. */
Page({
  data: { t: texts(resourceTexts), loading: true, error: null as Trouble | null, rows: [] as ResourceCard[], next: null as string | null, more: false },
  onLoad() {
    const t = texts(resourceTexts);
    void wx.setNavigationBarTitle({ title: t.title });
    this.setData({ t });
  },
  /** Codes made on the next page take places from here. */
  onShow() {
    void this.load();
  },
  onReachBottom() {
    void this.loadMore();
  },
  retry() {
    this.setData({ loading: true });
    void this.load();
  },
  async load() {
    try {
      const { rows, next } = await resourcePart(null);
      this.setData({ loading: false, error: null, rows: [...rows], next });
    } catch (error) {
      this.setData({ loading: false, error: trouble(error) });
    }
  },
  loadMore() {
    return loadMore(this, (cursor) => resourcePart(cursor));
  },
});
