import { formTexts } from '../../i18n/form';
import { journeyTexts } from '../../i18n/journey';
import { texts } from '../../i18n/index';
import { goOn, openIn } from '../../services/next';
import { stepPage } from '../../services/steps';
import type { Filing, StepValue } from '../../services/types';

interface Form {
  edit(pointer: string, value: unknown): void;
  takeOver(values: Record<string, unknown>): void;
}

/** A principal: the subject's, or with siteId that of a site. */
Page({
  data: {
    t: texts(journeyTexts),
    f: texts(formTexts),
    title: '',
    lead: '',
    filingId: '',
    siteId: '',
    step: 'subjectPrincipal',
    filing: null as Filing | null,
    same: false,
    locked: false,
    missing: false,
    showMissing: false,
    busy: false,
    open: 0,
  },
  onLoad(query: { filingId?: string; siteId?: string }) {
    const t = texts(journeyTexts);
    const step = query.siteId ? 'sitePrincipal' : 'subjectPrincipal';
    const title = t.steps[step]!;
    void wx.setNavigationBarTitle({ title });
    this.setData({ t, f: texts(formTexts), title, lead: query.siteId ? t.sitePrincipalLead : t.subjectPrincipalLead, step, siteId: query.siteId ?? '', filingId: query.filingId ?? '' });
  },
  form(): Form {
    return this.selectComponent('#form') as unknown as Form;
  },
  changed(event: WechatMiniprogram.CustomEvent<{ filing: Filing; value: StepValue; locked: boolean }>) {
    const { filing, value, locked } = event.detail;
    this.setData({
      filing,
      same: this.data.siteId !== '' && value['sameAsSubjectPrincipal'] === true,
      locked,
      open: openIn(filing, this.data.step, this.data.siteId || null).length,
    });
  },
  switchSame(event: WechatMiniprogram.SwitchChange) {
    this.form().edit('/sameAsSubjectPrincipal', event.detail.value);
  },
  read(event: WechatMiniprogram.CustomEvent<{ values: Record<string, unknown> }>) {
    this.form().takeOver(event.detail.values);
  },
  gone() {
    this.setData({ missing: true });
  },
  overview() {
    void wx.redirectTo({ url: stepPage(this.data.filingId, 'overview') });
  },
  next() {
    void goOn(this, this.data.step);
  },
});
