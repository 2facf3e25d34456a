import { resourceTexts } from '../../i18n/resources';
import { texts } from '../../i18n/index';
import { loadList, loadMore } from '../../services/paging';
import { resourcePart, type ResourceCard } from '../../services/resources';
import type { Trouble } from '../../services/trouble';

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
  load() {
    return loadList(this, resourcePart);
  },
  loadMore() {
    return loadMore(this, resourcePart);
  },
});
