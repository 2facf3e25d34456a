import { fill, texts } from '../../i18n/index';
import { journeyTexts } from '../../i18n/journey';
import { previewTexts } from '../../i18n/preview';
import { conflictPoints } from '../../services/conflict-points';
import { day, moment } from '../../services/dates';
import { checkGroups, readCheck, runCheck, type CheckGroup } from '../../services/filing-checks';
import { getFiling, onFiling } from '../../services/filings';
import { wholeFiling } from '../../services/keepers';
import { openPoints, type OpenPoint } from '../../services/open-points';
import { findingRows } from '../../services/overview';
import { Polling } from '../../services/polling';
import { previewGroups, type PreviewGroup } from '../../services/previews';
import { outlookOf } from '../../services/reference';
import { stepPage } from '../../services/steps';
import { maySubmit } from '../../services/submissions';
import { trouble, type Trouble } from '../../services/trouble';
import type { Filing, FilingCheck, Outlook } from '../../services/types';
import { wordsFor, type Words } from '../../services/words';

const settled = { due: [], pending: [], warnings: [], upcoming: [], complete: false };

/** The whole filing to read over, what stands between it and its submission, and the check that a submission makes. */
Page({
  data: {
    t: texts(previewTexts),
    filingId: '',
    loading: true,
    error: null as Trouble | null,
    editable: false,
    complete: false,
    ready: false,
    findingsTitle: '',
    findings: [] as OpenPoint[],
    conflictTitle: '',
    conflicts: [] as OpenPoint[],
    dueTitle: '',
    due: [] as OpenPoint[],
    pendingTitle: '',
    pending: [] as OpenPoint[],
    warningTitle: '',
    warnings: [] as OpenPoint[],
    upcoming: [] as OpenPoint[],
    groups: [] as PreviewGroup[],
    checking: false,
    checkText: '',
    checkGroups: [] as CheckGroup[],
    passedText: '',
    withPassed: false,
    checkProblem: null as Trouble | null,
    submitUrl: '',
    notYet: '',
  },
  filing: null as Filing | null,
  outlook: null as Outlook | null,
  words: null as Words | null,
  result: null as FilingCheck | null,
  polling: null as Polling | null,
  stop: () => {},
  onLoad(query: { filingId?: string }) {
    const t = texts(previewTexts);
    const filingId = query.filingId ?? '';
    this.setData({ t, filingId, submitUrl: stepPage(filingId, 'agreements') });
    void wx.setNavigationBarTitle({ title: t.title });
    this.polling = new Polling(
      async () => this.showCheck(await readCheck(filingId)),
      () => this.setData({ checking: false, checkText: t.checkSlow }),
    );
    this.stop = onFiling((filing) => filing.id === filingId && this.show(filing));
    void this.load();
  },
  onShow() {
    if (!this.data.loading && !this.data.error) {
      void getFiling(this.data.filingId).catch(() => undefined);
      if (this.result?.status === 'running') {
        this.polling?.start();
      }
    }
  },
  onHide() {
    this.polling?.stop();
  },
  onUnload() {
    this.polling?.stop();
    this.stop();
  },
  async load() {
    this.setData({ loading: true, error: null });
    try {
      const filing = await wholeFiling(this.data.filingId);
      this.outlook = await outlookOf(filing);
      const sets = this.outlook.fields.filter((field) => field.type === 'code' || field.type === 'codes').map((field) => field.referenceSet ?? '');
      this.words = await wordsFor(filing, [...new Set(sets)].filter(Boolean));
      this.show(filing);
      this.setData({ loading: false });
    } catch (error) {
      this.setData({ loading: false, error: trouble(error) });
    }
  },
  show(filing: Filing) {
    if (!this.outlook || !this.words) {
      return;
    }
    const { t } = this.data;
    const editable = filing.editable !== 'nothing';
    // What can no longer be changed needs no remark.
    const { due, pending, warnings, upcoming, complete } = editable ? filing.requirements : settled;
    const conflicts = conflictPoints(filing, this.outlook.fields);
    this.filing = filing;
    this.setData({
      editable,
      conflicts,
      conflictTitle: fill(t.conflictTitle, { count: conflicts.length }),
      findings: findingRows(filing, this.outlook.fields).map(({ reason, suggestion, ...row }) => ({ ...row, text: reason, note: suggestion })),
      findingsTitle: texts(journeyTexts).reviewerSays,
      complete: complete && conflicts.length === 0 && filing.allowedActions.includes('submit'),
      ready: maySubmit(filing) && conflicts.length === 0,
      due: openPoints(filing, due),
      dueTitle: fill(t.openTitle, { count: due.length }),
      pending: openPoints(filing, pending),
      pendingTitle: fill(t.pendingTitle, { count: pending.length }),
      warnings: openPoints(filing, warnings),
      warningTitle: fill(t.warningTitle, { count: warnings.length }),
      upcoming: openPoints(
        filing,
        upcoming.map((rule) => ({ ...rule, message: fill(t.upcomingFrom, { date: day(rule.effectiveFrom), message: rule.message }) })),
      ),
      groups: previewGroups(filing, this.outlook, this.words),
      notYet: fill(t.notYet, { count: conflicts.length + due.length + pending.length }),
    });
  },
  async check() {
    if (this.data.checking) {
      return;
    }
    this.setData({ checking: true, checkProblem: null, checkText: this.data.t.checkRunning });
    try {
      if (!this.showCheck(await runCheck(this.data.filingId))) {
        this.polling?.start();
      }
      await getFiling(this.data.filingId).catch(() => undefined);
    } catch (error) {
      this.setData({ checking: false, checkText: '', checkProblem: trouble(error) });
    }
  },
  /** Whether the run has ended. */
  showCheck(result: FilingCheck): boolean {
    const { t, withPassed } = this.data;
    const running = result.status === 'running';
    const passed = result.items.filter((item) => item.status === 'passed').length;
    const nameOf = (kind: string): string => this.outlook?.materials.find((one) => one.kind === kind)?.name ?? '';
    this.result = result;
    this.setData({
      checking: running,
      checkText: running ? t.checkRunning : fill(t.checkedAt, { date: moment(result.checkedAt) }),
      checkGroups: this.filing ? checkGroups(this.filing, result.items, withPassed, nameOf) : [],
      passedText: passed ? `${fill(t.checkPassed, { count: passed })} · ${withPassed ? t.checkHidePassed : t.checkShowPassed}` : '',
    });
    return !running;
  },
  togglePassed() {
    this.setData({ withPassed: !this.data.withPassed });
    if (this.result) {
      this.showCheck(this.result);
    }
  },
});
