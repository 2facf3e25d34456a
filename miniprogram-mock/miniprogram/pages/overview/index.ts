import { journeyTexts } from '../../i18n/journey';
import { fill, texts } from '../../i18n/index';
import { abandonFiling, getFiling, onFiling } from '../../services/filings';
import { deadlineOf, findingRows, nextPage, stepGroups, type FindingRow, type StepGroup } from '../../services/overview';
import { outlook } from '../../services/reference';
import { showTrouble, trouble, type Trouble } from '../../services/trouble';
import type { FieldOutlook, Filing } from '../../services/types';

const submitted = new Set(['checking', 'providerReview', 'pendingAuthority', 'smsVerification', 'authorityReview', 'approved', 'abandoned']);

/** One filing while it is filled in or mended: its steps, what the review found, and the way on. */
Page({
  data: {
    t: texts(journeyTexts),
    filingId: '',
    loading: true,
    error: null as Trouble | null,
    kind: '',
    number: '',
    deadline: '',
    rejection: '',
    marked: false,
    findings: [] as FindingRow[],
    groups: [] as StepGroup[],
    nextUrl: '',
    canAbandon: false,
    asking: false,
    busy: false,
  },
  fields: [] as readonly FieldOutlook[],
  stop: () => {},
  onLoad(query: { filingId?: string }) {
    this.setData({ t: texts(journeyTexts), filingId: query.filingId ?? '' });
    this.stop = onFiling((filing) => filing.id === this.data.filingId && this.show(filing));
  },
  onShow() {
    void this.load();
  },
  onUnload() {
    this.stop();
  },
  async load() {
    try {
      const filing = await getFiling(this.data.filingId);
      if (submitted.has(filing.state)) {
        void wx.redirectTo({ url: `/pages/progress/index?filingId=${filing.id}` });
        return;
      }
      const { region, subjectNature } = filing.verification ?? {};
      if (filing.rejection && region?.province && subjectNature && filing.kind) {
        this.fields = await outlook(region.province, subjectNature, filing.kind).then(
          (of) => of.fields,
          () => [],
        );
      }
      this.show(filing);
      this.setData({ loading: false, error: null });
    } catch (error) {
      this.setData({ loading: false, error: trouble(error) });
    }
  },
  show(filing: Filing) {
    const t = texts(journeyTexts);
    const kind = filing.kind === 'addSite' || filing.subjectId ? t.add : t.first;
    void wx.setNavigationBarTitle({ title: kind });
    this.setData({
      kind,
      number: fill(t.filingNumber, { number: filing.number }),
      deadline: deadlineOf(filing),
      rejection: filing.rejection?.message ?? '',
      marked: filing.editable === 'marked',
      findings: findingRows(filing, this.fields),
      groups: stepGroups(filing),
      nextUrl: nextPage(filing),
      canAbandon: filing.allowedActions.includes('abandon'),
    });
  },
  ask() {
    this.setData({ asking: true });
  },
  keep() {
    this.setData({ asking: false });
  },
  async abandon(event: WechatMiniprogram.CustomEvent<{ reason: string | null }>) {
    if (this.data.busy) {
      return;
    }
    this.setData({ busy: true });
    try {
      await abandonFiling(this.data.filingId, event.detail.reason);
      void wx.reLaunch({ url: '/pages/home/index' });
    } catch (error) {
      this.setData({ asking: false });
      showTrouble(error);
    } finally {
      this.setData({ busy: false });
    }
  },
});
