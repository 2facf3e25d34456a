import { formTexts } from '../../i18n/form';
import { commonTexts } from '../../i18n/common';
import { texts } from '../../i18n/index';
import type { Choice } from '../../services/choices';
import type { FormField } from '../../services/forms';
import type { NatureChange } from '../../services/nature-change';
import { StepForm, type FormScreen } from '../../services/step-form';
import { showTrouble, trouble, type Trouble } from '../../services/trouble';
import type { FormStep } from '../../services/types';
import type { ConflictItem } from '../conflict-sheet/index';

interface Sheet {
  readonly open: boolean;
  readonly title: string;
  readonly many: boolean;
  readonly choices: readonly Choice[];
  readonly value: readonly unknown[];
  readonly pointer: string;
}

type Pointed = WechatMiniprogram.IAnyObject & { pointer: string };

/** A choice that changes more than its own field, before it is taken. */
interface Asked {
  readonly open: boolean;
  readonly title: string;
  readonly text: string;
  readonly pointer: string;
  readonly value: unknown;
  readonly change: NatureChange | null;
}

const nothingAsked: Asked = { open: false, title: '', text: '', pointer: '', value: null, change: null };
const closed: Sheet = { open: false, title: '', many: false, choices: [], value: [], pointer: '' };
const forms = new WeakMap<object, StepForm>();

/**
 * One step of a filing as a form: its fields come from the outlook, their faults from the filing, and every change is kept at once.
 * Events: changed { filing, value, locked } after anything new; gone when the filing no longer has the site.
 */
Component({
  properties: { filingId: String, step: String, siteId: String, showMissing: Boolean, /** Only the save mark: what the fields would say is said otherwise. */ fieldless: Boolean },
  data: {
    t: texts(formTexts),
    placeholder: texts(commonTexts).enter,
    loading: true,
    error: null as Trouble | null,
    fields: [] as FormField[],
    approvalChoices: [] as Choice[],
    mark: { state: 'saved', savedAt: '', storageFull: false, refusal: '' },
    conflicts: [] as ConflictItem[],
    readings: [] as ConflictItem[],
    locked: '',
    half: false,
    sheet: closed as Sheet,
    asked: nothingAsked as Asked,
  },
  observers: {
    showMissing(showMissing: boolean) {
      forms.get(this)?.showMissing(showMissing);
    },
  },
  lifetimes: {
    attached() {
      void this.load();
    },
    detached() {
      forms.get(this)?.close();
      forms.delete(this);
    },
  },
  methods: {
    async load() {
      this.setData({ loading: true, error: null });
      try {
        const { filingId, step, siteId, showMissing } = this.data;
        const form = await StepForm.open(filingId, step as FormStep, siteId || null, (screen) => this.show(screen), () => this.triggerEvent('gone'));
        if (form === null) {
          this.setData({ loading: false });
          this.triggerEvent('gone');
          return;
        }
        forms.set(this, form);
        form.showMissing(showMissing);
        this.setData({ loading: false });
      } catch (error) {
        this.setData({ loading: false, error: trouble(error) });
      }
    },
    show(screen: FormScreen) {
      this.setData({ fields: screen.fields, approvalChoices: screen.approvalChoices, mark: screen.mark, conflicts: screen.conflicts, readings: screen.readings, locked: screen.locked });
      this.triggerEvent('changed', { filing: screen.filing, value: screen.value, locked: screen.locked !== '' });
    },
    form(): StepForm {
      return forms.get(this)!;
    },
    /** Saves what is not yet saved; whether everything is on the server now. */
    flush(): Promise<boolean> {
      return forms.get(this)?.flush() ?? Promise.resolve(true);
    },
    /** Takes over what was read off a picture: empty fields are filled, others after a question. */
    takeOver(values: Record<string, unknown>) {
      forms.get(this)?.takeOver(values);
    },
    settleRead(event: WechatMiniprogram.CustomEvent<{ pointer: string; side: 'mine' | 'theirs' }>) {
      this.form().settleRead(event.detail.pointer, event.detail.side);
    },
    /** The page has been read to its end: a list in the form goes on. */
    more() {
      (this.selectComponent('#resource') as unknown as { loadMore(): void } | null)?.loadMore();
    },
    edit(pointer: string, value: unknown) {
      forms.get(this)?.edit(pointer, value);
    },
    type(event: WechatMiniprogram.CustomEvent<{ value: string }, object, Pointed>) {
      const { pointer } = event.currentTarget.dataset;
      const { lines } = this.data.fields.find((field) => field.pointer === pointer)!;
      this.form().edit(pointer, lines ? event.detail.value : event.detail.value.replace(/\r?\n/g, ''), true);
    },
    leave(event: WechatMiniprogram.CustomEvent<object, object, Pointed>) {
      this.form().touch(event.currentTarget.dataset.pointer);
    },
    change(event: WechatMiniprogram.CustomEvent<{ value: unknown }, object, Pointed>) {
      this.form().edit(event.currentTarget.dataset.pointer, event.detail.value);
    },
    half(event: WechatMiniprogram.CustomEvent<{ half: boolean }>) {
      this.setData({ half: event.detail.half });
    },
    pickDate(event: WechatMiniprogram.CustomEvent<{ value: string }, object, Pointed>) {
      this.form().edit(event.currentTarget.dataset.pointer, event.detail.value);
    },
    switchLong(event: WechatMiniprogram.CustomEvent<{ value: boolean }, object, Pointed>) {
      this.form().edit(event.currentTarget.dataset.pointer, event.detail.value ? 'longTerm' : '');
    },
    async open(event: WechatMiniprogram.CustomEvent<object, object, Pointed>) {
      const { pointer } = event.currentTarget.dataset;
      const field = this.data.fields.find((one) => one.pointer === pointer)!;
      try {
        const choices = await this.form().choices(field);
        const value = field.control === 'choices' ? (field.value as unknown[]) : [field.value];
        this.setData({ sheet: { open: true, title: field.label, many: field.control === 'choices', choices, value, pointer } });
      } catch (error) {
        showTrouble(error);
      }
    },
    async choose(event: WechatMiniprogram.CustomEvent<{ value: unknown }>) {
      const { pointer } = this.data.sheet;
      const { value } = event.detail;
      this.closeSheet();
      try {
        const change = await this.form().consequence(pointer, value);
        if (change?.question) {
          this.setData({ asked: { ...change.question, open: true, pointer, value, change } });
        } else {
          this.take(pointer, value, change);
        }
      } catch (error) {
        showTrouble(error);
      }
    },
    take(pointer: string, value: unknown, change: NatureChange | null) {
      this.form().edit(pointer, value);
      if (change) {
        this.form().edit('/certificateType', change.certificateType);
      }
    },
    takeAsked() {
      const { pointer, value, change } = this.data.asked;
      this.closeAsked();
      this.take(pointer, value, change);
    },
    closeAsked() {
      this.setData({ asked: nothingAsked });
    },
    closeSheet() {
      this.setData({ sheet: closed });
    },
    resolve(event: WechatMiniprogram.CustomEvent<{ pointer: string; side: 'mine' | 'theirs' }>) {
      this.form().resolve(event.detail.pointer, event.detail.side);
    },
    async discard() {
      const { t } = this.data;
      const { confirm } = await wx.showModal({ title: t.discard, content: t.discardAsk, confirmText: t.confirm, cancelText: t.close });
      if (confirm) {
        this.form().discard();
      }
    },
  },
});
