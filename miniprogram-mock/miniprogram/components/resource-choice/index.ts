import { formTexts } from '../../i18n/form';
import { fill, texts } from '../../i18n/index';
import { api } from '../../services/api';
import type { Resource } from '../../services/types';

interface Chosen {
  readonly kind: 'resource' | 'authCode';
  readonly resourceId?: string | null;
  readonly authCode?: string | null;
}

interface Line {
  readonly id: string;
  readonly name: string;
  readonly note: string;
  readonly why: string;
  readonly eligible: boolean;
  readonly chosen: boolean;
}

/** What a site runs on: one of the account's cloud resources, or a code that lends somebody else's. Events: change { value }; half { half } whether a code is kept that is not yet whole. */
Component({
  properties: { label: String, disabled: Boolean, /** Where a code that is not yet whole is kept on the phone. */ keep: String, value: { type: Object, value: null as unknown as WechatMiniprogram.IAnyObject } },
  data: { t: texts(formTexts), held: [] as Resource[], resources: [] as Line[], loaded: false, failed: false, byCode: false, code: '', typing: false },
  observers: {
    value() {
      this.show();
    },
  },
  lifetimes: {
    attached() {
      void this.load();
    },
  },
  methods: {
    async load() {
      this.setData({ failed: false });
      try {
        const { data } = await api.get('/api/v1/resources', { query: { limit: 100 } });
        this.setData({ held: data.items as Resource[], loaded: true });
      } catch {
        // Without the list a code can still be typed.
        this.setData({ failed: true });
      }
      this.show();
    },
    show() {
      const chosen = this.data.value as Chosen | null;
      const t = texts(formTexts);
      this.setData({
        byCode: chosen?.kind === 'authCode',
        // A value set while somebody types would take letters back.
        ...(this.data.typing ? {} : { code: chosen?.authCode || this.halfCode() }),
        resources: (this.data.held as Resource[]).map((resource) => ({
          id: resource.id,
          name: resource.typeName ?? resource.type,
          note: [
            resource.slots ? fill(t.slotsLeft, { left: resource.slots.left }) : '',
            resource.expiresAt ? fill(t.expires, { date: resource.expiresAt.slice(0, 10) }) : '',
          ].filter(Boolean).join(' · '),
          why: resource.reasons.map((reason) => reason.message).join(' '),
          eligible: resource.eligible,
          chosen: chosen?.kind === 'resource' && chosen.resourceId === resource.id,
        })),
      });
      this.tellHalf();
    },
    choose(event: WechatMiniprogram.TouchEvent<object, object, { id: string }>) {
      const { id } = event.currentTarget.dataset;
      const line = this.data.resources.find((resource) => resource.id === id);
      if (line?.eligible && !this.data.disabled) {
        this.triggerEvent('change', { value: { kind: 'resource', resourceId: id } });
      }
    },
    chooseCode() {
      if (!this.data.disabled && !this.data.byCode) {
        this.triggerEvent('change', { value: { kind: 'authCode', authCode: '' } });
      }
    },
    halfCode(): string {
      return this.data.keep ? String(wx.getStorageSync(`half/${this.data.keep}`) ?? '') : '';
    },
    /** Only this phone has such a code, which the form's mark must not call saved. */
    tellHalf() {
      this.triggerEvent('half', { half: this.data.byCode && this.halfCode() !== '' });
    },
    beginCode() {
      this.setData({ typing: true });
    },
    typeCode(event: WechatMiniprogram.Input) {
      if (this.data.keep) {
        wx.setStorageSync(`half/${this.data.keep}`, event.detail.value);
        this.tellHalf();
      }
    },
    /** Only a whole code is saved: each one that is saved is checked, and wrong ones count. */
    giveCode(event: WechatMiniprogram.CustomEvent<{ value: string }>) {
      const authCode = event.detail.value.trim();
      this.setData({ typing: false, code: authCode });
      wx.removeStorageSync(`half/${this.data.keep}`);
      this.tellHalf();
      if (authCode !== ((this.data.value as Chosen | null)?.authCode ?? '')) {
        this.triggerEvent('change', { value: { kind: 'authCode', authCode } });
      }
    },
  },
});
