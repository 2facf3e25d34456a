import { homeTexts } from '../../i18n/home';
import { texts } from '../../i18n/index';
import { signedIn } from '../../services/api';
import { keepScene, pageOfScene } from '../../services/arrival';
import { getFiling, startFiling } from '../../services/filings';
import { filedRows, openAndOlder, type FiledRow, type OlderRow, type OpenCard } from '../../services/home';
import { messagePage, type MessageRow } from '../../services/messages';
import { getMe } from '../../services/session';
import { showStartTrouble } from '../../services/start-trouble';
import { trouble, type Trouble } from '../../services/trouble';
import type { Me } from '../../services/types';

const latest = 3;

/** Where everything begins: the open filing with what to do next, what is filed, what is new. */
Page({
  data: {
    t: texts(homeTexts),
    loading: true,
    error: null as Trouble | null,
    me: null as Me | null,
    open: null as OpenCard | null,
    older: [] as OlderRow[],
    subjects: [] as FiledRow[],
    messages: [] as MessageRow[],
    copying: null as OlderRow | null,
    busy: false,
  },
  onLoad(query: { scene?: string }) {
    keepScene(query.scene);
  },
  onShow() {
    if (!signedIn()) {
      void wx.reLaunch({ url: '/pages/welcome/index' });
      return;
    }
    const page = pageOfScene();
    if (page) {
      void wx.navigateTo({ url: page });
      return;
    }
    // The language may have been changed on another page.
    const t = texts(homeTexts);
    void wx.setNavigationBarTitle({ title: t.brand });
    this.setData({ t });
    void this.load();
  },
  async onPullDownRefresh() {
    await this.load();
    void wx.stopPullDownRefresh();
  },
  retry() {
    this.setData({ loading: true });
    void this.load();
  },
  async load() {
    try {
      const [me, filings, subjects, messages] = await Promise.all([
        getMe(),
        openAndOlder(),
        filedRows(),
        messagePage(latest, null),
      ]);
      this.setData({ loading: false, error: null, me, open: filings.open, older: filings.older, subjects, messages: [...messages.rows] });
    } catch (error) {
      // What is on the screen is better than a full page of trouble.
      if (this.data.me === null) {
        this.setData({ loading: false, error: trouble(error) });
      } else {
        void wx.showToast({ title: trouble(error).title, icon: 'none' });
      }
    }
  },
  smsOver() {
    void this.load();
  },
  askCopy(event: WechatMiniprogram.TouchEvent<object, object, { id: string }>) {
    this.setData({ copying: this.data.older.find((row) => row.id === event.currentTarget.dataset.id) ?? null });
  },
  stopCopying() {
    this.setData({ copying: null });
  },
  async copy() {
    const { copying, busy } = this.data;
    if (busy || !copying) {
      return;
    }
    this.setData({ busy: true });
    try {
      const { subjectId } = await getFiling(copying.id);
      const filing = await startFiling(subjectId, copying.id);
      void wx.navigateTo({ url: `/pages/overview/index?filingId=${filing.id}` });
    } catch (error) {
      void showStartTrouble(error);
    } finally {
      this.setData({ busy: false, copying: null });
    }
  },
});
