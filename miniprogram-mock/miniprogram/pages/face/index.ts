import { commonTexts } from '../../i18n/common';
import { faceTexts } from '../../i18n/face';
import { fill, texts } from '../../i18n/index';
import { moment } from '../../services/dates';
import { makeHandover, type FaceState } from '../../services/face';
import { getFiling } from '../../services/filings';
import { pageAfter } from '../../services/next';
import { stepPage } from '../../services/steps';
import { trouble, type Trouble } from '../../services/trouble';
import type { Filing } from '../../services/types';

interface ShownHandover {
  readonly code: string;
  readonly picture: string;
  readonly use: string;
  readonly until: string;
}

/** The face check of a site's principal: here, on the person's own phone, or a picture instead. */
Page({
  data: {
    t: texts(faceTexts),
    common: texts(commonTexts),
    filingId: '',
    siteId: '',
    loading: true,
    error: null as Trouble | null,
    whose: '',
    person: '',
    personUrl: '',
    status: '',
    passedText: '',
    alternative: '',
    alternativeUrl: '',
    nextUrl: '',
    handover: null as ShownHandover | null,
    handoverProblem: null as Trouble | null,
    making: false,
  },
  onLoad(query: { filingId?: string; siteId?: string }) {
    const t = texts(faceTexts);
    this.setData({ t, common: texts(commonTexts), filingId: query.filingId ?? '', siteId: query.siteId ?? '' });
    void wx.setNavigationBarTitle({ title: t.title });
    void this.load();
  },
  async load() {
    this.setData({ loading: true, error: null });
    try {
      this.show(await getFiling(this.data.filingId));
      this.setData({ loading: false });
    } catch (error) {
      this.setData({ loading: false, error: trouble(error) });
    }
  },
  show(filing: Filing) {
    const { t } = this.data;
    // Without a site in the address it is the first one that still waits for its check.
    const first = filing.sites.find((one) => one.faceCheck.status !== 'passed') ?? filing.sites[0];
    const site = this.data.siteId ? filing.sites.find((one) => one.id === this.data.siteId) : first;
    if (!site) {
      if (this.data.siteId) {
        void wx.redirectTo({ url: stepPage(filing.id, 'overview') });
      }
      this.setData({ personUrl: stepPage(filing.id, 'overview') });
      return;
    }
    const { checkId } = site.faceCheck;
    const also = filing.sites.filter((one) => one.id !== site.id && checkId && one.faceCheck.status === 'passed' && one.faceCheck.checkId === checkId);
    const names = also.map((one) => one.name || one.domain).join(texts(commonTexts).comma);
    this.setData({
      siteId: site.id,
      whose: fill(t.whoseSite, { site: site.name || site.domain || '' }),
      person: site.principal.name ?? '',
      personUrl: stepPage(filing.id, 'sitePrincipal', site.id),
      passedText: [t.passedText, names ? fill(t.passedAlso, { sites: names }) : ''].filter(Boolean).join('\n'),
      nextUrl: pageAfter(filing, 'faceCheck', site.id),
    });
  },
  async follow(event: WechatMiniprogram.CustomEvent<{ state: FaceState }>) {
    const { status, alternative } = event.detail.state;
    const before = this.data.status;
    const { filingId, siteId } = this.data;
    this.setData({ status, alternative, alternativeUrl: `${stepPage(filingId, 'materials', siteId)}&kind=${alternative}` });
    if (status === 'passed' && before !== 'passed') {
      this.setData({ handover: null });
      // The check may serve other sites, and opens the next step.
      await getFiling(filingId).then(
        (filing) => this.show(filing),
        () => undefined,
      );
    }
  },
  async stopped(event: WechatMiniprogram.CustomEvent<{ code: string }>) {
    if (event.detail.code === 'faceCheck.alreadyPassed') {
      await this.load();
    }
  },
  async makeCode() {
    if (this.data.making) {
      return;
    }
    const { t, filingId, siteId } = this.data;
    this.setData({ making: true, handoverProblem: null });
    try {
      const { code, expiresAt, picture, qr } = await makeHandover(filingId, siteId);
      const handover = { code, picture: picture ?? qr ?? '', use: picture ? t.codeUse : t.codeUseQr, until: fill(t.codeUntil, { date: moment(expiresAt) }) };
      this.setData({ handover });
      (this.selectComponent('#run') as unknown as { watch(): void } | null)?.watch();
    } catch (error) {
      this.setData({ handoverProblem: trouble(error) });
    } finally {
      this.setData({ making: false });
    }
  },
  copyCode() {
    void wx.setClipboardData({ data: this.data.handover?.code ?? '' });
  },
});
