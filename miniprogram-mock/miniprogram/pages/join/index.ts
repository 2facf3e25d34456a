import { commonTexts } from '../../i18n/common';
import { joinTexts } from '../../i18n/join';
import { fill, texts } from '../../i18n/index';
import { signedIn } from '../../services/api';
import { joinCodeOf, keepScene, takeJoinCode } from '../../services/arrival';
import { joinAccount } from '../../services/session';
import { trouble } from '../../services/trouble';

/** Joins the provider's customer account with a one-time code: scanned, typed, or brought along by the picture that opened the program. */
Page({
  data: { t: texts(joinTexts), common: texts(commonTexts), code: '', fault: '', remedy: '', asking: false, busy: false, joined: '' },
  onLoad(query: { scene?: string }) {
    keepScene(query.scene);
    if (!signedIn()) {
      void wx.reLaunch({ url: '/pages/welcome/index' });
      return;
    }
    const t = texts(joinTexts);
    void wx.setNavigationBarTitle({ title: t.title });
    this.setData({ t, common: texts(commonTexts), code: takeJoinCode() });
  },
  type(event: WechatMiniprogram.Input) {
    this.setData({ code: event.detail.value, fault: '', remedy: '' });
  },
  async scan() {
    const { t } = this.data;
    try {
      const { path, result } = await wx.scanCode({ onlyFromCamera: false });
      const code = joinCodeOf(path || result);
      this.setData(code ? { code, fault: '', remedy: '' } : { fault: t.notACode, remedy: '' });
    } catch (error) {
      // Whoever closes the scanner needs no message.
      if (!String((error as WechatMiniprogram.GeneralCallbackResult).errMsg).includes('cancel')) {
        this.setData({ fault: t.scanTrouble, remedy: '' });
      }
    }
  },
  ask() {
    const code = joinCodeOf(this.data.code);
    this.setData(code ? { asking: true } : { fault: this.data.code.trim() ? this.data.t.notACode : this.data.t.empty, remedy: '' });
  },
  stopAsking() {
    this.setData({ asking: false });
  },
  async join() {
    const { t, code, busy } = this.data;
    if (busy) {
      return;
    }
    this.setData({ busy: true });
    try {
      const { account } = await joinAccount(joinCodeOf(code));
      this.setData({ code: '', joined: fill(t.doneText, { name: account.realName.name || t.unnamed }) });
    } catch (error) {
      const { title, text } = trouble(error);
      this.setData({ fault: title, remedy: text });
    } finally {
      this.setData({ busy: false, asking: false });
    }
  },
});
