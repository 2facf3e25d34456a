import { ApiError } from '../../api/index';
import { fill, texts } from '../../i18n/index';
import { submitTexts } from '../../i18n/submit';
import { agreements, type Agreement } from '../../services/agreements';
import { getFiling, onFiling } from '../../services/filings';
import { draftPage, flushFiling, hasDrafts, wholeFiling } from '../../services/keepers';
import { openPoints, type OpenPoint } from '../../services/open-points';
import { forgetSet, outlookOf } from '../../services/reference';
import { isUnsure } from '../../services/repeats';
import { maySubmit, submit } from '../../services/submissions';
import { askForMessages, messageTemplates } from '../../services/subscriptions';
import { trouble, type Trouble } from '../../services/trouble';
import type { Filing } from '../../services/types';

interface ShownText extends Agreement {
  readonly label: string;
  readonly agreed: boolean;
}

/** What comes after a submission, in its order. */
const gates = ['providerReview', 'handOver', 'sms', 'authority'];

/** The agreements, what comes next, and the submission. */
Page({
  data: {
    t: texts(submitTexts),
    filingId: '',
    loading: true,
    error: null as Trouble | null,
    number: '',
    closed: false,
    notice: '',
    draftUrl: '',
    pointsTitle: '',
    points: [] as OpenPoint[],
    texts: [] as ShownText[],
    reading: null as ShownText | null,
    waits: [] as string[],
    estimate: '',
    problem: null as Trouble | null,
    busy: false,
    ready: false,
    previewUrl: '',
    progressUrl: '',
  },
  filing: null as Filing | null,
  /** Something that was on this phone only when the page opened; saved since, it is still to be read before it is submitted. */
  unread: false,
  templates: [] as readonly string[],
  stop: () => {},
  onLoad(query: { filingId?: string }) {
    const t = texts(submitTexts);
    const filingId = query.filingId ?? '';
    this.setData({ t, filingId, previewUrl: `/pages/preview/index?filingId=${filingId}`, progressUrl: `/pages/progress/index?filingId=${filingId}` });
    void wx.setNavigationBarTitle({ title: t.title });
    this.stop = onFiling((filing) => filing.id === filingId && !this.data.busy && this.show(filing));
    // Fetched now: anything awaited between the tap and the question would lose the tap.
    messageTemplates().then(
      (templates) => (this.templates = templates),
      () => undefined,
    );
    void this.load();
  },
  onShow() {
    if (!this.data.loading && !this.data.error && !this.data.busy) {
      void getFiling(this.data.filingId).catch(() => undefined);
    }
  },
  onUnload() {
    this.stop();
  },
  async load() {
    this.setData({ loading: true, error: null });
    try {
      const [filing] = await Promise.all([wholeFiling(this.data.filingId), this.loadTexts()]);
      const { waiting, estimate } = await outlookOf(filing);
      const waits = gates.flatMap((gate) => waiting.filter((wait) => wait.gate === gate).map((wait) => wait.text));
      this.show(filing);
      this.unread = hasDrafts(filing);
      if (this.unread) {
        this.setData({ notice: this.data.t.stillUnsaved, draftUrl: draftPage(filing) ?? '' });
      }
      this.setData({ loading: false, waits, estimate: estimate?.text ?? '' });
    } catch (error) {
      this.setData({ loading: false, error: trouble(error) });
    }
  },
  async loadTexts() {
    const { t } = this.data;
    const list = await agreements();
    const agreed = new Map(this.data.texts.filter((one) => one.agreed).map((one) => [one.id, one.version]));
    this.setData({ texts: list.map((one) => ({ ...one, label: fill(t.agree, { title: one.title }), agreed: agreed.get(one.id) === one.version })) });
  },
  show(filing: Filing) {
    const { t } = this.data;
    const open = [...filing.requirements.due, ...filing.requirements.pending];
    this.filing = filing;
    this.setData({
      number: fill(t.filing, { number: filing.number }),
      closed: !filing.allowedActions.includes('submit'),
      points: openPoints(filing, open),
      pointsTitle: fill(t.openTitle, { count: open.length }),
      ready: maySubmit(filing),
    });
  },
  agree(event: WechatMiniprogram.CheckboxGroupChange) {
    const chosen = new Set(event.detail.value);
    this.setData({ texts: this.data.texts.map((one) => ({ ...one, agreed: chosen.has(one.id) })) });
  },
  read(event: WechatMiniprogram.TouchEvent<object, object, { id: string }>) {
    this.setData({ reading: this.data.texts.find((one) => one.id === event.currentTarget.dataset.id) ?? null });
  },
  closeText() {
    this.setData({ reading: null });
  },
  async submit() {
    const { t, busy } = this.data;
    if (busy || !this.filing) {
      return;
    }
    if (!this.data.texts.every((one) => one.agreed)) {
      void wx.showToast({ title: t.agreeFirst, icon: 'none' });
      return;
    }
    // Before anything else, or WeChat does not see the tap in it. Whatever the answer is, the submission goes on.
    const asked = this.templates.length ? askForMessages(this.templates).catch(() => false) : Promise.resolve(false);
    this.setData({ busy: true, problem: null, notice: '' });
    await asked;
    try {
      if (!(await this.savedBefore(this.filing))) {
        return;
      }
      await submit(this.filing, this.data.texts);
      void wx.showToast({ title: t.done, icon: 'success' });
      await this.leave();
    } catch (error) {
      await this.refused(error);
    } finally {
      this.setData({ busy: false });
    }
  },
  /** Nothing is submitted while something typed is on this phone only. What is saved no sooner than now is to be read first. */
  async savedBefore(filing: Filing): Promise<boolean> {
    const unsaved = hasDrafts(filing);
    if (!unsaved && !this.unread) {
      return true;
    }
    const { t } = this.data;
    const saved = !unsaved || (await flushFiling(filing));
    this.unread = !saved;
    const newest = await getFiling(filing.id).catch(() => null);
    if (newest) {
      this.show(newest);
    }
    this.setData({ notice: saved ? t.savedNow : t.stillUnsaved, draftUrl: saved ? '' : draftPage(filing) ?? '' });
    void wx.pageScrollTo({ scrollTop: 0 });
    return false;
  },
  settle() {
    void wx.navigateTo({ url: this.data.draftUrl });
  },
  /** The forms are behind the person now; WeChat offers the way home on a page that stands alone. */
  async leave() {
    await wx.reLaunch({ url: this.data.progressUrl });
  },
  async refused(error: unknown) {
    const { t } = this.data;
    const { title, text, code } = trouble(error);
    const unsure = isUnsure(error);
    this.setData({ problem: { title, text: unsure ? t.unsure : text, help: '', code } });
    const filing = await getFiling(this.data.filingId).catch(() => null);
    if (!filing) {
      return;
    }
    if (unsure && !filing.allowedActions.includes('submit')) {
      // It had arrived after all.
      await this.leave();
      return;
    }
    this.show(filing);
    if (code === 'filing.versionConflict') {
      this.setData({ problem: null, notice: t.changed });
    }
    if (error instanceof ApiError && code === 'filing.incomplete') {
      await this.listOpen(filing, error);
      void wx.pageScrollTo({ scrollTop: 0 });
    }
  },
  /** What the server found only now stands in its answer, not in the filing. */
  async listOpen(filing: Filing, error: ApiError) {
    const { t } = this.data;
    if (error.errors.some((one) => one.code.startsWith('agreement.'))) {
      forgetSet('agreements');
      await this.loadTexts().catch(() => undefined);
    }
    this.setData({ problem: null, points: openPoints(filing, error.errors), pointsTitle: t.refusedTitle });
  },
});
