import { journeyTexts } from '../../i18n/journey';
import { texts } from '../../i18n/index';
import { api } from '../../services/api';
import { confirmSubject, getFiling } from '../../services/filings';
import { nextPage } from '../../services/overview';
import { stepPage } from '../../services/steps';
import { showTrouble, trouble, type Trouble } from '../../services/trouble';
import type { FiledSubject } from '../../services/types';

/** Whether the filed subject is still as it was (确认主体), before a site is added to it. */
Page({
  data: {
    t: texts(journeyTexts),
    filingId: '',
    loading: true,
    error: null as Trouble | null,
    subject: null as FiledSubject | null,
    confirmed: false,
    changedTitle: '',
    changedText: '',
    busy: false,
  },
  onLoad(query: { filingId?: string }) {
    const t = texts(journeyTexts);
    void wx.setNavigationBarTitle({ title: t.confirmTitle });
    this.setData({ t, filingId: query.filingId ?? '' });
    void this.load();
  },
  async load() {
    try {
      const filing = await getFiling(this.data.filingId);
      const { data } = await api.get('/api/v1/subjects/{subjectId}', { path: { subjectId: filing.subjectId! } });
      this.setData({ loading: false, error: null, subject: data, confirmed: filing.subjectConfirmed });
    } catch (error) {
      this.setData({ loading: false, error: trouble(error) });
    }
  },
  unchanged() {
    void this.say(true);
  },
  changed() {
    void this.say(false);
  },
  async say(unchanged: boolean) {
    const { busy, filingId } = this.data;
    if (busy) {
      return;
    }
    this.setData({ busy: true });
    try {
      const filing = await confirmSubject(filingId, unchanged);
      void wx.redirectTo({ url: nextPage(filing) || stepPage(filingId, 'overview') });
    } catch (error) {
      const { code, title, text } = trouble(error);
      if (code === 'filing.subjectChanged') {
        this.setData({ changedTitle: title, changedText: text });
      } else {
        showTrouble(error);
      }
    } finally {
      this.setData({ busy: false });
    }
  },
});
