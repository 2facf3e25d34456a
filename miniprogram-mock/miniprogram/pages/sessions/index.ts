import { accountTexts } from '../../i18n/account';
import { fill, texts } from '../../i18n/index';
import { endSession, openSessions, type SessionRow } from '../../services/sessions';
import { showTrouble, trouble, type Trouble } from '../../services/trouble';

/** Where the person is signed in; each can be ended from here. */
Page({
  data: {
    t: texts(accountTexts),
    loading: true,
    error: null as Trouble | null,
    rows: [] as SessionRow[],
    others: 0,
    /** To be ended once confirmed: ids, and what the question says. */
    ending: [] as string[],
    endTitle: '',
    endText: '',
    busy: false,
  },
  onLoad() {
    const t = texts(accountTexts);
    void wx.setNavigationBarTitle({ title: t.sessionsTitle });
    this.setData({ t });
    void this.load();
  },
  async load() {
    try {
      const rows = await openSessions();
      this.setData({ loading: false, error: null, rows, others: rows.filter((row) => !row.current).length });
    } catch (error) {
      this.setData({ loading: false, error: trouble(error) });
    }
  },
  retry() {
    this.setData({ loading: true });
    void this.load();
  },
  askEnd(event: WechatMiniprogram.TouchEvent<object, object, { id: string }>) {
    const { t, rows } = this.data;
    const row = rows.find((one) => one.id === event.currentTarget.dataset.id);
    if (row) {
      this.setData({ ending: [row.id], endTitle: t.endTitle, endText: fill(t.endAsk, { device: row.device, time: row.started }) });
    }
  },
  askEndOthers() {
    const { t, rows } = this.data;
    this.setData({ ending: rows.filter((row) => !row.current).map((row) => row.id), endTitle: t.endOthers, endText: t.endOthersAsk });
  },
  stopEnding() {
    this.setData({ ending: [] });
  },
  async end() {
    const { t, ending, busy } = this.data;
    if (busy) {
      return;
    }
    this.setData({ busy: true });
    try {
      for (const id of ending) {
        await endSession(id);
      }
      void wx.showToast({ title: t.ended, icon: 'none' });
    } catch (error) {
      showTrouble(error);
    }
    await this.load();
    this.setData({ busy: false, ending: [] });
  },
});
