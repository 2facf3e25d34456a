import { fill, texts } from '../../i18n/index';
import { paperTexts } from '../../i18n/papers';
import { chooseFiles } from '../../services/choose-file';
import { MaterialsDesk, type MaterialsScreen } from '../../services/materials-desk';
import { paperId } from '../../services/papers';
import { showTrouble, trouble, type Trouble } from '../../services/trouble';

type Told = WechatMiniprogram.CustomEvent<{ key: string; part?: string; source?: string; file?: string; upload?: string; kind?: string; value?: string }>;

const nothingYet: MaterialsScreen = { groups: [], locked: false, dueCount: 0, findings: [], others: [], links: {}, previewUrl: '', nextUrl: '' };

/** Every paper of a filing, by whose it is; uploads go on while other pages are open. */
Page({
  data: {
    t: texts(paperTexts),
    ...nothingYet,
    filingId: '',
    loading: true,
    error: null as Trouble | null,
    dueText: '',
    choosing: false,
    letterBusy: '',
  },
  desk: null as MaterialsDesk | null,
  jump: '',
  busy: false,
  onLoad(query: { filingId?: string; siteId?: string; kind?: string }) {
    const t = texts(paperTexts);
    const filingId = query.filingId ?? '';
    this.setData({ t, filingId });
    void wx.setNavigationBarTitle({ title: t.title });
    this.desk = new MaterialsDesk(filingId, (screen) => this.show(screen));
    if (query.kind) {
      this.desk.want(query.kind, query.siteId || null);
      this.jump = paperId(query.kind, query.siteId || null);
    }
    void this.load();
  },
  onShow() {
    if (!this.data.loading && !this.data.error) {
      void this.desk?.refresh();
    }
  },
  onHide() {
    this.desk?.rest();
  },
  onUnload() {
    this.desk?.close();
  },
  async load() {
    this.setData({ loading: true, error: null });
    try {
      await this.desk!.open();
      this.setData({ loading: false });
      if (this.jump) {
        this.scrollTo(this.jump);
      }
    } catch (error) {
      this.setData({ loading: false, error: trouble(error) });
    }
  },
  show(screen: MaterialsScreen) {
    this.setData({ ...screen, dueText: fill(this.data.t.stillDue, { count: screen.dueCount }) });
  },
  async add(event: Told) {
    const { key, part, source } = event.detail;
    await this.choose(key, part || null, source === 'chat' ? 'chat' : 'phone', { file: null, upload: null });
  },
  /** Another file in place of one that is kept, or of one that was refused. */
  async replace(event: Told) {
    const { key, part, file, upload } = event.detail;
    await this.choose(key, part || null, 'phone', { file: file ?? null, upload: upload ?? null });
  },
  async choose(key: string, part: string | null, source: 'phone' | 'chat', instead: { file: string | null; upload: string | null }) {
    const { desk } = this;
    const room = desk?.room(key, part) ?? null;
    if (this.busy || !desk || !room) {
      return;
    }
    if (room.dateMissing) {
      void wx.showToast({ title: this.data.t.signedOnFirst, icon: 'none' });
      return;
    }
    this.busy = true;
    try {
      const chosen = await chooseFiles(room.outlook, instead.file || instead.upload ? 1 : room.left, source);
      if (chosen.length) {
        await desk.take(key, part, chosen, instead);
      }
    } catch (error) {
      showTrouble(error);
    } finally {
      this.busy = false;
    }
  },
  async remove(event: Told) {
    const { t } = this.data;
    const { key, file } = event.detail;
    const name = this.desk?.nameOf(key) ?? '';
    const { confirm } = await wx.showModal({ title: fill(t.removeAsk, { name }), confirmText: t.remove });
    if (confirm && file) {
      await this.desk?.remove(file).catch(showTrouble);
    }
  },
  async look(event: Told) {
    void wx.showLoading({ title: '' });
    try {
      const path = await this.desk!.picture(event.detail.file!);
      await wx.previewImage({ urls: [path] });
    } catch (error) {
      showTrouble(error);
    } finally {
      void wx.hideLoading();
    }
  },
  retry(event: Told) {
    this.desk?.retry(event.detail.upload!);
  },
  cancel(event: Told) {
    this.desk?.cancel(event.detail.upload!);
  },
  date(event: Told) {
    this.desk?.date(event.detail.key, event.detail.value!);
  },
  async letter(event: Told) {
    if (this.data.letterBusy) {
      return;
    }
    this.setData({ letterBusy: event.detail.key });
    await this.desk?.letter(event.detail.key).catch(showTrouble);
    this.setData({ letterBusy: '' });
  },
  copy(event: Told) {
    void wx.setClipboardData({ data: this.data.links[event.detail.key]?.url ?? '' });
  },
  instead(event: Told) {
    const siteId = event.detail.key.split('/')[1] || null;
    this.desk?.want(event.detail.kind!, siteId);
    this.scrollTo(paperId(event.detail.kind!, siteId));
  },
  scrollTo(id: string) {
    wx.nextTick(() => void wx.pageScrollTo({ selector: `#${id}`, duration: 200 }));
  },
  openOthers() {
    this.setData({ choosing: true });
  },
  closeOthers() {
    this.setData({ choosing: false });
  },
  addOther(event: WechatMiniprogram.CustomEvent<{ value: string }>) {
    const [kind, siteId] = event.detail.value.split('/');
    this.setData({ choosing: false });
    this.desk?.want(kind!, siteId || null);
    this.scrollTo(paperId(kind!, siteId || null));
  },
});
