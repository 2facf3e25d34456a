import { homeTexts } from '../../i18n/home';
import { chooseLanguage, language, texts } from '../../i18n/index';
import { agreements, type Agreement } from '../../services/agreements';
import { signIn } from '../../services/session';
import { trouble, type Trouble } from '../../services/trouble';

/** What the service is, and the one tap that signs in. */
Page({
  data: { t: texts(homeTexts), ended: false, agreements: [] as Agreement[], reading: null as Agreement | null, problem: null as Trouble | null, busy: false },
  onLoad(query: { ended?: string }) {
    this.setData({ ended: query.ended === '1' });
    this.speak();
  },
  speak() {
    const t = texts(homeTexts);
    void wx.setNavigationBarTitle({ title: t.brand });
    this.setData({ t, problem: null });
    agreements().then(
      (found) => this.setData({ agreements: found }),
      // They are shown again before a submission, where they count.
      () => {},
    );
  },
  switchLanguage() {
    chooseLanguage(language() === 'en' ? 'zh-CN' : 'en');
    this.speak();
  },
  read(event: WechatMiniprogram.TouchEvent<object, object, { id: string }>) {
    this.setData({ reading: this.data.agreements.find((one) => one.id === event.currentTarget.dataset.id) ?? null });
  },
  stopReading() {
    this.setData({ reading: null });
  },
  async signIn() {
    if (this.data.busy) {
      return;
    }
    this.setData({ busy: true, problem: null });
    try {
      await signIn();
      void wx.reLaunch({ url: '/pages/home/index' });
    } catch (error) {
      this.setData({ problem: trouble(error) });
    } finally {
      this.setData({ busy: false });
    }
  },
});
