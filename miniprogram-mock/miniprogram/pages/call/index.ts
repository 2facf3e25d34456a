import { callTexts } from '../../i18n/call';
import { commonTexts } from '../../i18n/common';
import { fill, texts } from '../../i18n/index';
import { callChoice, callFaults, halfHours, officeHours, putCallWindow, type CallChoice } from '../../services/call-window';
import { timeOfDay } from '../../services/dates';
import { getFiling } from '../../services/filings';
import { showTrouble, trouble, type Trouble } from '../../services/trouble';
import type { Filing } from '../../services/types';

/** When the reviewer may call. Every choice is saved at once. */
Page({
  data: {
    t: texts(callTexts),
    common: texts(commonTexts),
    filingId: '',
    loading: true,
    error: null as Trouble | null,
    open: false,
    choice: { any: true, ...officeHours, note: '' } as CallChoice,
    choices: [...halfHours],
    anyNote: '',
    sheet: '' as '' | 'from' | 'to',
    faults: {} as Record<string, string>,
    saveState: 'saved' as 'saved' | 'saving' | 'unsaved' | 'refused',
    savedAt: '',
  },
  saving: false,
  changed: false,
  onLoad(query: { filingId?: string }) {
    const t = texts(callTexts);
    void wx.setNavigationBarTitle({ title: t.title });
    this.setData({ t, common: texts(commonTexts), filingId: query.filingId ?? '', anyNote: fill(t.anyNote, officeHours) });
    void this.load();
  },
  onUnload() {
    // A note that is still being typed counts too.
    if (this.data.saveState === 'unsaved') {
      void this.save();
    }
  },
  retry() {
    this.setData({ loading: true });
    void this.load();
  },
  async load() {
    try {
      this.show(await getFiling(this.data.filingId));
      this.setData({ loading: false, error: null });
    } catch (error) {
      this.setData({ loading: false, error: trouble(error) });
    }
  },
  show(filing: Filing) {
    this.setData({ open: filing.allowedActions.includes('setCallWindow'), choice: callChoice(filing), faults: {}, saveState: 'saved' });
  },
  chooseAny() {
    this.change({ any: true });
  },
  chooseWithin() {
    this.change({ any: false });
  },
  openFrom() {
    this.setData({ sheet: 'from' });
  },
  openTo() {
    this.setData({ sheet: 'to' });
  },
  closeSheet() {
    this.setData({ sheet: '' });
  },
  choose(event: WechatMiniprogram.CustomEvent<{ value: string }>) {
    const { sheet } = this.data;
    this.closeSheet();
    this.change(sheet === 'from' ? { from: event.detail.value } : { to: event.detail.value });
  },
  type(event: WechatMiniprogram.Input) {
    this.setData({ 'choice.note': event.detail.value, saveState: 'unsaved' });
  },
  typed() {
    if (this.data.saveState === 'unsaved') {
      void this.save();
    }
  },
  change(part: Partial<CallChoice>) {
    this.setData({ choice: { ...this.data.choice, ...part }, saveState: 'unsaved' });
    void this.save();
  },
  /** One call after the other: what was chosen last is what stays. */
  async save() {
    this.changed = true;
    if (this.saving) {
      return;
    }
    this.saving = true;
    while (this.changed) {
      this.changed = false;
      await this.send();
    }
    this.saving = false;
  },
  async send() {
    const { filingId, choice } = this.data;
    this.setData({ saveState: 'saving' });
    try {
      const { allowedActions } = await putCallWindow(filingId, choice);
      this.setData({ faults: {}, savedAt: timeOfDay(Date.now()), open: allowedActions.includes('setCallWindow') });
      this.mark('saved', choice);
    } catch (error) {
      const faults = callFaults(error);
      this.setData({ faults });
      this.mark(Object.keys(faults).length > 0 ? 'refused' : 'unsaved', choice);
      if (Object.keys(faults).length === 0) {
        showTrouble(error);
        if (trouble(error).code.startsWith('filing.')) {
          // It has moved on meanwhile, and then there is nothing to choose any more.
          void this.load();
        }
      }
    }
  },
  back() {
    void (getCurrentPages().length > 1 ? wx.navigateBack() : wx.redirectTo({ url: `/pages/progress/index?filingId=${this.data.filingId}` }));
  },
  /** What was typed while the call was under way is not saved yet. */
  mark(saveState: 'saved' | 'unsaved' | 'refused', sent: CallChoice) {
    this.setData({ saveState: this.data.choice.note === sent.note ? saveState : 'unsaved' });
  },
});
