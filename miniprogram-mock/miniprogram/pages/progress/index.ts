import { progressTexts } from '../../i18n/progress';
import { fill, texts } from '../../i18n/index';
import { timeOfDay } from '../../services/dates';
import { abandonFiling, getFiling, getTimeline, onFiling, startFiling, withdrawFiling } from '../../services/filings';
import { deadlineOf, type Deadline } from '../../services/deadlines';
import { findingRows, type FindingRow } from '../../services/overview';
import { progressView, type ProgressView } from '../../services/progress';
import { outlook } from '../../services/reference';
import { showStartTrouble } from '../../services/start-trouble';
import { filingPage } from '../../services/states';
import { askForMessages, messageTemplates } from '../../services/subscriptions';
import { showTrouble, trouble, type Trouble } from '../../services/trouble';
import type { Filing, Outlook } from '../../services/types';

/** How far a submitted filing is: the five steps, what comes next, whom it waits for, what happened. */
Page({
  data: {
    t: texts(progressTexts),
    filingId: '',
    loading: true,
    error: null as Trouble | null,
    view: null as ProgressView | null,
    deadline: null as Deadline | null,
    findings: [] as FindingRow[],
    refreshedText: '',
    templates: [] as string[],
    subscribing: false,
    smsOver: false,
    asking: '' as '' | 'withdraw' | 'abandon',
    busy: false,
    refreshing: false,
  },
  stop: () => {},
  onLoad(query: { filingId?: string }) {
    const t = texts(progressTexts);
    void wx.setNavigationBarTitle({ title: t.title });
    this.setData({ t, filingId: query.filingId ?? '' });
    this.stop = onFiling((filing) => filing.id === this.data.filingId && this.data.view !== null && filing.state !== this.data.view.state && void this.load());
    messageTemplates().then(
      (templates) => this.setData({ templates }),
      // Without templates nothing is offered; the inbox has every message all the same.
      () => {},
    );
  },
  onShow() {
    void this.load();
  },
  onUnload() {
    this.stop();
  },
  async onPullDownRefresh() {
    await this.refresh();
    void wx.stopPullDownRefresh();
  },
  async load() {
    const { filingId } = this.data;
    try {
      const [filing, timeline] = await Promise.all([getFiling(filingId), getTimeline(filingId)]);
      const rules = await this.rulesOf(filing);
      this.setData({
        loading: false,
        error: null,
        view: progressView(filing, timeline, rules),
        deadline: deadlineOf(filing.deadlines, Date.now()),
        findings: findingRows(filing, rules?.fields ?? []),
        refreshedText: fill(this.data.t.refreshedAt, { time: timeOfDay(Date.now()) }),
        smsOver: false,
      });
      return true;
    } catch (error) {
      if (this.data.view !== null) {
        showTrouble(error);
      } else {
        this.setData({ loading: false, error: trouble(error) });
      }
      return false;
    }
  },
  /** The page is of use without the place's waiting times too. */
  async rulesOf(filing: Filing): Promise<Outlook | null> {
    const { region, subjectNature } = filing.verification;
    return region?.province && subjectNature && filing.kind ? outlook(region.province, subjectNature, filing.kind).catch(() => null) : null;
  },
  retry() {
    this.setData({ loading: true });
    void this.load();
  },
  async refresh() {
    if (this.data.refreshing) {
      return;
    }
    this.setData({ refreshing: true });
    if (await this.load()) {
      void wx.showToast({ title: this.data.t.refreshed, icon: 'none' });
    }
    this.setData({ refreshing: false });
  },
  timeOver() {
    this.setData({ smsOver: true });
  },
  async subscribe() {
    const { t, templates, subscribing } = this.data;
    if (subscribing) {
      return;
    }
    // Asked before anything else: WeChat takes the question only from the tap itself.
    const asked = askForMessages(templates);
    this.setData({ subscribing: true });
    try {
      void wx.showToast({ title: (await asked) ? t.subscribed : t.notSubscribed, icon: 'none' });
    } catch {
      void wx.showToast({ title: t.subscribeTrouble, icon: 'none' });
    } finally {
      this.setData({ subscribing: false });
    }
  },
  copyNumber() {
    void wx.setClipboardData({ data: this.data.view?.number ?? '' });
  },
  copySite() {
    void wx.setClipboardData({ data: 'https://beian.miit.gov.cn' });
  },
  askWithdraw() {
    this.setData({ asking: 'withdraw' });
  },
  askAbandon() {
    this.setData({ asking: 'abandon' });
  },
  stopAsking() {
    this.setData({ asking: '' });
  },
  async leave(event: WechatMiniprogram.CustomEvent<{ reason: string | null }>) {
    const { asking, busy, filingId } = this.data;
    if (busy) {
      return;
    }
    this.setData({ busy: true });
    try {
      const { reason } = event.detail;
      const filing = asking === 'withdraw' ? await withdrawFiling(filingId, reason) : await abandonFiling(filingId, reason);
      this.setData({ asking: '' });
      void (asking === 'withdraw' ? wx.redirectTo({ url: filingPage(filing.id, filing.state) }) : wx.reLaunch({ url: '/pages/home/index' }));
    } catch (error) {
      this.setData({ asking: '' });
      showTrouble(error);
      // It may have moved on meanwhile, and then this is no longer possible.
      void this.load();
    } finally {
      this.setData({ busy: false });
    }
  },
  async copy() {
    if (this.data.busy) {
      return;
    }
    this.setData({ busy: true });
    try {
      const filing = await startFiling(this.data.view?.subjectId ?? null, this.data.filingId);
      void wx.redirectTo({ url: `/pages/overview/index?filingId=${filing.id}` });
    } catch (error) {
      void showStartTrouble(error);
    } finally {
      this.setData({ busy: false });
    }
  },
});
