import { accountTexts } from '../../i18n/account';
import { chooseLanguage, fill, language, texts, type Language } from '../../i18n/index';
import { day } from '../../services/dates';
import { hasUnsaved, signOut } from '../../services/leaving';
import { bindPhone, chooseNotifications, exportMe, getMe, keepLanguage } from '../../services/session';
import { askForMessages, messageTemplates } from '../../services/subscriptions';
import { showTrouble, trouble, type Trouble } from '../../services/trouble';
import type { Me } from '../../services/types';

type Choice = 'progress' | 'reminders';

/** Who the person is here, and what they can settle about it. */
Page({
  data: {
    t: texts(accountTexts),
    loading: true,
    error: null as Trouble | null,
    me: null as Me | null,
    verified: '',
    language: language(),
    codes: ['zh-CN', 'en'] as Language[],
    saveState: '',
    templates: [] as string[],
    exported: '',
    canShare: false,
    canSave: false,
    leaving: false,
    leavingText: '',
    busy: false,
  },
  onLoad() {
    this.setData({ canShare: wx.canIUse('shareFileMessage'), canSave: wx.canIUse('saveFileToDisk') });
    this.speak();
    void this.load();
  },
  speak() {
    const t = texts(accountTexts);
    void wx.setNavigationBarTitle({ title: t.title });
    this.setData({ t, language: language(), saveState: '' });
  },
  retry() {
    this.setData({ loading: true });
    void this.load();
  },
  async load() {
    try {
      this.show(await getMe());
      this.setData({ loading: false, error: null });
    } catch (error) {
      this.setData({ loading: false, error: trouble(error) });
      return;
    }
    messageTemplates().then(
      (templates) => this.setData({ templates }),
      // Without templates nothing is offered; the inbox has every message all the same.
      () => {},
    );
  },
  show(me: Me) {
    const { t } = this.data;
    const { kind, verifiedAt } = me.account.realName;
    this.setData({ me, verified: [t.kinds[kind ?? ''] ?? '', verifiedAt ? fill(t.verifiedAt, { date: day(verifiedAt) }) : ''].filter(Boolean).join(' · ') });
  },
  copyId() {
    void wx.setClipboardData({ data: this.data.me?.account.id ?? '' });
  },
  async phone(event: WechatMiniprogram.ButtonGetPhoneNumber) {
    const { t, busy } = this.data;
    const { code } = event.detail;
    if (busy) {
      return;
    }
    if (!code) {
      void wx.showToast({ title: t.phoneRefused, icon: 'none' });
      return;
    }
    this.setData({ busy: true });
    try {
      this.show(await bindPhone(code));
      void wx.showToast({ title: t.phoneBound, icon: 'none' });
    } catch (error) {
      showTrouble(error);
    } finally {
      this.setData({ busy: false });
    }
  },
  async notify(event: WechatMiniprogram.SwitchChange) {
    const { t, me } = this.data;
    const { choice } = event.currentTarget.dataset as { choice: Choice };
    if (!me) {
      return;
    }
    const before = me.notifications;
    const wanted = { ...before, [choice]: event.detail.value };
    this.setData({ 'me.notifications': wanted, saveState: t.saving });
    try {
      await chooseNotifications(wanted);
      this.setData({ saveState: t.saved });
    } catch (error) {
      this.setData({ 'me.notifications': before, saveState: '' });
      showTrouble(error);
    }
  },
  async allow() {
    const { t, templates } = this.data;
    try {
      // Asked before anything else: WeChat takes the question only from the tap itself.
      void wx.showToast({ title: (await askForMessages(templates)) ? t.allowed : t.notAllowed, icon: 'none' });
    } catch {
      void wx.showToast({ title: t.notAllowed, icon: 'none' });
    }
  },
  chooseLanguage(event: WechatMiniprogram.TouchEvent<object, object, { language: Language }>) {
    chooseLanguage(event.currentTarget.dataset.language);
    this.speak();
    const { me } = this.data;
    if (me) {
      this.show(me);
      // The screen speaks it in any case; told again at the next choice.
      keepLanguage(me.notifications, language()).catch(() => {});
    }
  },
  async exportMe() {
    if (this.data.busy) {
      return;
    }
    this.setData({ busy: true, exported: '' });
    try {
      this.setData({ exported: await exportMe() });
    } catch (error) {
      showTrouble(error);
    } finally {
      this.setData({ busy: false });
    }
  },
  share() {
    wx.shareFileMessage({ filePath: this.data.exported, fileName: 'beian-export.json', fail: () => this.notGiven() });
  },
  saveToDisk() {
    wx.saveFileToDisk({ filePath: this.data.exported, fail: () => this.notGiven() });
  },
  notGiven() {
    void wx.showToast({ title: this.data.t.shareTrouble, icon: 'none' });
  },
  askLeave() {
    const { t } = this.data;
    this.setData({ leaving: true, leavingText: hasUnsaved() ? t.signOutUnsaved : t.signOutAsk });
  },
  stopLeaving() {
    this.setData({ leaving: false });
  },
  async leave() {
    if (this.data.busy) {
      return;
    }
    this.setData({ busy: true });
    await signOut();
  },
});
