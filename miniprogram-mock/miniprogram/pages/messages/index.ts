import { messageTexts } from '../../i18n/messages';
import { texts } from '../../i18n/index';
import { getFiling } from '../../services/filings';
import { markRead, messagePage, type MessageRow } from '../../services/messages';
import { loadList, loadMore } from '../../services/paging';
import { filingPage } from '../../services/states';
import { showTrouble, type Trouble } from '../../services/trouble';

const ask = (cursor: string | null) => messagePage(20, cursor);

/** The inbox, newest first. A message is read when it is opened. */
Page({
  data: {
    t: texts(messageTexts),
    loading: true,
    error: null as Trouble | null,
    rows: [] as MessageRow[],
    openId: '',
    next: null as string | null,
    more: false,
    busy: false,
  },
  onLoad() {
    const t = texts(messageTexts);
    void wx.setNavigationBarTitle({ title: t.title });
    this.setData({ t });
    void this.load();
  },
  async onPullDownRefresh() {
    await this.load();
    void wx.stopPullDownRefresh();
  },
  onReachBottom() {
    void this.loadMore();
  },
  retry() {
    this.setData({ loading: true });
    void this.load();
  },
  load() {
    return loadList(this, ask);
  },
  loadMore() {
    return loadMore(this, ask);
  },
  open(event: WechatMiniprogram.TouchEvent<object, object, { id: string }>) {
    const { id } = event.currentTarget.dataset;
    this.setData({ openId: this.data.openId === id ? '' : id });
    const row = this.data.rows.find((one) => one.id === id);
    if (row?.unread) {
      this.setData({ rows: this.data.rows.map((one) => (one.id === id ? { ...one, unread: false } : one)) });
      // It stays unread for the service then, and will be marked the next time.
      markRead(id).catch(() => this.setData({ rows: this.data.rows.map((one) => (one.id === id ? { ...one, unread: true } : one)) }));
    }
  },
  /** To the page that fits the filing's state of now, which may be another than when the message was sent. */
  async toFiling(event: WechatMiniprogram.TouchEvent<object, object, { filing: string }>) {
    if (this.data.busy) {
      return;
    }
    this.setData({ busy: true });
    try {
      const filing = await getFiling(event.currentTarget.dataset.filing);
      void wx.navigateTo({ url: filingPage(filing.id, filing.state) });
    } catch (error) {
      showTrouble(error);
    } finally {
      this.setData({ busy: false });
    }
  },
});
