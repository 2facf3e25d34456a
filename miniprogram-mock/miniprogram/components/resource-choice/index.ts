import { formTexts } from '../../i18n/form';
import { texts } from '../../i18n/index';
import { onReconnect } from '../../services/network';
import { loadList, loadMore } from '../../services/paging';
import { resourceChoices, type ResourceChoice } from '../../services/resources';
import type { Trouble } from '../../services/trouble';

interface Chosen {
  readonly kind: 'resource' | 'authCode';
  readonly resourceId?: string | null;
  readonly authCode?: string | null;
}

const stops = new WeakMap<object, () => void>();

/** What a site runs on: one of the account's cloud resources, or a code that lends somebody else's. Events: change { value }; half { half } whether a code is kept that is not yet whole. */
Component({
  properties: { label: String, disabled: Boolean, /** Where a code that is not yet whole is kept on the phone. */ keep: String, value: { type: Object, value: null as unknown as WechatMiniprogram.IAnyObject } },
  data: { t: texts(formTexts), loading: true, error: null as Trouble | null, rows: [] as ResourceChoice[], next: null as string | null, more: false, chosenId: '', byCode: false, code: '', half: false, typing: false },
  observers: {
    value() {
      this.show();
    },
  },
  lifetimes: {
    attached() {
      this.show();
      stops.set(this, onReconnect(() => this.data.error && void this.load()));
      void this.load();
    },
    detached() {
      stops.get(this)?.();
    },
  },
  methods: {
    /** Without the list a code can still be typed. */
    async load() {
      await loadList(this, resourceChoices);
      // What is chosen is shown, however far down the list it stands.
      for (let rows = -1; this.data.next && this.chosenBelow() && rows < this.data.rows.length; ) {
        rows = this.data.rows.length;
        await this.loadMore();
      }
    },
    loadMore() {
      return loadMore(this, resourceChoices);
    },
    chosenBelow(): boolean {
      const { chosenId, rows } = this.data;
      return chosenId !== '' && !rows.some((row) => row.id === chosenId);
    },
    show() {
      const chosen = this.data.value as Chosen | null;
      this.setData({
        byCode: chosen?.kind === 'authCode',
        chosenId: chosen?.kind === 'resource' ? chosen.resourceId ?? '' : '',
        // A value set while somebody types would take letters back.
        ...(this.data.typing ? {} : { code: chosen?.authCode || this.halfCode() }),
      });
      this.tellHalf();
    },
    choose(event: WechatMiniprogram.TouchEvent<object, object, { id: string }>) {
      const { id } = event.currentTarget.dataset;
      const line = this.data.rows.find((row) => row.id === id);
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
      const half = this.data.byCode && this.halfCode() !== '';
      if (half !== this.data.half) {
        this.setData({ half });
        // The form may be in the middle of showing the value that this comes from.
        void Promise.resolve().then(() => this.triggerEvent('half', { half }));
      }
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
