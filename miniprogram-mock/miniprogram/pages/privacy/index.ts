import { privacyTexts } from '../../i18n/privacy';
import { fill, texts } from '../../i18n/index';
import { agreements as readAgreements, type Agreement } from '../../services/agreements';
import { listFilings } from '../../services/filings';
import { forgetPerson } from '../../services/leaving';
import { loadMore } from '../../services/paging';
import { consentPart, consentRows, eraseMe, erasedRows, giveConsent, textRows, withdrawConsent, type ConsentRow, type TextRow } from '../../services/privacy';
import { filingPage, isOpen } from '../../services/states';
import { showTrouble, trouble, type Trouble } from '../../services/trouble';
import type { Consent } from '../../services/types';

type Line = { text: string; note: string };

/** What the person agreed to and may take back, and the way to have everything erased. */
Page({
  data: {
    t: texts(privacyTexts),
    loading: true,
    error: null as Trouble | null,
    agreements: [] as Agreement[],
    rows: [] as Consent[],
    next: null as string | null,
    more: false,
    texts: [] as TextRow[],
    history: [] as ConsentRow[],
    reading: null as Agreement | null,
    withdrawing: null as TextRow | null,
    withdrawTitle: '',
    consequences: '',
    asking: false,
    blocked: null as Trouble | null,
    erased: [] as Line[],
    kept: [] as Line[],
    gone: false,
    busy: false,
  },
  onLoad() {
    const t = texts(privacyTexts);
    void wx.setNavigationBarTitle({ title: t.title });
    this.setData({ t });
    void this.load();
  },
  retry() {
    this.setData({ loading: true });
    void this.load();
  },
  async load() {
    try {
      const [agreements, { rows, next }] = await Promise.all([readAgreements(), consentPart(null)]);
      this.setData({ loading: false, error: null, agreements, rows: [...rows], next });
      this.show();
    } catch (error) {
      this.setData({ loading: false, error: trouble(error) });
    }
  },
  show() {
    const { rows, agreements } = this.data;
    this.setData({ texts: textRows(rows, agreements), history: consentRows(rows, agreements) });
  },
  async loadMore() {
    await loadMore(this, consentPart);
    this.show();
  },
  textAt(event: WechatMiniprogram.TouchEvent<object, object, { id: string }>): TextRow | null {
    return this.data.texts.find((one) => one.id === event.currentTarget.dataset.id) ?? null;
  },
  read(event: WechatMiniprogram.TouchEvent<object, object, { id: string }>) {
    this.setData({ reading: this.textAt(event) });
  },
  stopReading() {
    this.setData({ reading: null });
  },
  askWithdraw(event: WechatMiniprogram.TouchEvent<object, object, { id: string }>) {
    const withdrawing = this.textAt(event);
    this.setData({ withdrawing, withdrawTitle: fill(this.data.t.withdrawTitle, { title: withdrawing?.title ?? '' }) });
  },
  stopWithdrawing() {
    this.setData({ withdrawing: null });
  },
  withdraw() {
    const { t, withdrawing } = this.data;
    if (withdrawing) {
      void this.change(t.withdrawDone, async () => this.setData({ consequences: await withdrawConsent(withdrawing.id) }));
    }
  },
  give(event: WechatMiniprogram.TouchEvent<object, object, { id: string }>) {
    const text = this.textAt(event);
    if (text) {
      void this.change(this.data.t.given, async () => {
        await giveConsent(text.id, text.version);
        this.setData({ consequences: '' });
      });
    }
  },
  async change(done: string, act: () => Promise<void>) {
    if (this.data.busy) {
      return;
    }
    this.setData({ busy: true });
    try {
      await act();
      void wx.showToast({ title: done, icon: 'none' });
      await this.load();
    } catch (error) {
      showTrouble(error);
    } finally {
      this.setData({ busy: false, withdrawing: null });
    }
  },
  askErase() {
    this.setData({ asking: true, blocked: null });
  },
  stopAsking() {
    this.setData({ asking: false });
  },
  async erase() {
    if (this.data.busy) {
      return;
    }
    this.setData({ busy: true });
    try {
      const rows = erasedRows(await eraseMe());
      forgetPerson();
      this.setData({ ...rows, gone: true });
    } catch (error) {
      this.setData({ blocked: trouble(error) });
    } finally {
      this.setData({ busy: false, asking: false });
    }
  },
  /** The filing that stands in the way: the open one of the account. */
  async toFiling() {
    try {
      const open = (await listFilings()).find((filing) => isOpen(filing.state));
      void wx.navigateTo({ url: open ? filingPage(open.id, open.state) : '/pages/home/index' });
    } catch (error) {
      showTrouble(error);
    }
  },
  leave() {
    void wx.reLaunch({ url: '/pages/welcome/index' });
  },
});
