import { faceTexts } from '../../i18n/face';
import { texts } from '../../i18n/index';
import { handoverCode, redeemHandover } from '../../services/face';
import { trouble, type Trouble } from '../../services/trouble';
import type { RedeemedHandover } from '../../services/types';

/** A face check that somebody else's filing asks for: opened by a scanned code or with a typed one. Shows nothing else of that filing. */
Page({
  data: {
    t: texts(faceTexts),
    code: '',
    codeError: '',
    problem: null as Trouble | null,
    redeemed: null as RedeemedHandover | null,
    gone: false,
    busy: false,
  },
  onLoad(query: { scene?: string }) {
    const t = texts(faceTexts);
    const code = handoverCode(query.scene ?? '');
    this.setData({ t, code });
    void wx.setNavigationBarTitle({ title: t.handTitle });
    if (code) {
      void this.redeem();
    }
  },
  typeCode(event: WechatMiniprogram.Input) {
    this.setData({ code: event.detail.value, codeError: '' });
  },
  async scan() {
    const scanned = await wx.scanCode({ onlyFromCamera: false }).catch(() => null);
    // A code drawn by WeChat holds a path with the scene, a plain one the scene itself.
    const scene = scanned ? /[?&]scene=([^&]+)/.exec(scanned.path ?? '')?.[1] ?? scanned.result : '';
    if (scene) {
      this.setData({ code: handoverCode(scene), codeError: '' });
      await this.redeem();
    }
  },
  async redeem() {
    const { t, busy } = this.data;
    if (busy) {
      return;
    }
    const code = handoverCode(this.data.code);
    if (!code) {
      this.setData({ codeError: t.codeShape });
      return;
    }
    this.setData({ busy: true, codeError: '', problem: null });
    try {
      this.setData({ redeemed: await redeemHandover(code), gone: false });
    } catch (error) {
      const problem = trouble(error);
      this.setData(problem.code === 'faceHandover.notFound' ? { codeError: t.codeWrong } : { problem });
    } finally {
      this.setData({ busy: false });
    }
  },
  stopped(event: WechatMiniprogram.CustomEvent<{ code: string }>) {
    if (event.detail.code === 'faceHandover.notFound') {
      this.setData({ gone: true });
    }
  },
  again() {
    this.setData({ redeemed: null, gone: false, code: '', codeError: '' });
  },
});
