import { commonTexts } from '../../i18n/common';
import { resourceTexts } from '../../i18n/resources';
import { fill, texts } from '../../i18n/index';
import { changeCode, checkCode, codePart, deleteCode, faultsOf, makeCodes, type CodeRow, type CodeTerms } from '../../services/codes';
import { beginList, loadMore } from '../../services/paging';
import { allResources } from '../../services/resources';
import { getMe } from '../../services/session';
import { showTrouble, trouble, type Trouble } from '../../services/trouble';

const atOnce = 5;
const blank: CodeTerms = { resourceId: '', targetAccountId: '', note: '' };

/** The auth codes of the account: made, listed, changed and deleted here; and a look at one that was given by somebody else. */
Page({
  data: {
    t: texts(resourceTexts),
    common: texts(commonTexts),
    loading: true,
    error: null as Trouble | null,
    accountId: '',
    choices: [] as { value: string; text: string; note: string }[],
    choosing: false,
    terms: blank,
    count: 1,
    atOnce,
    /** The code being changed; empty while new ones are made. */
    editing: '',
    faults: {} as Record<string, string>,
    rows: [] as CodeRow[],
    next: null as string | null,
    more: false,
    removing: null as CodeRow | null,
    checked: '',
    checkGood: '',
    checkBad: '',
    busy: false,
  },
  onLoad(query: { resourceId?: string }) {
    const t = texts(resourceTexts);
    void wx.setNavigationBarTitle({ title: t.codesTitle });
    this.setData({ t, common: texts(commonTexts), 'terms.resourceId': query.resourceId ?? '' });
    void this.load();
  },
  onReachBottom() {
    void this.loadMore();
  },
  retry() {
    this.setData({ loading: true });
    void this.load();
  },
  async load() {
    try {
      const [me, resources] = await Promise.all([getMe(), allResources()]);
      const usable = resources.filter((resource) => resource.eligible && resource.codesLeft > 0);
      this.setData({
        loading: false,
        error: null,
        accountId: me.account.id,
        choices: usable.map(({ id, name, lines }) => ({ value: id, text: `${name} ${id}`, note: lines[0] ?? '' })),
        'terms.resourceId': this.data.terms.resourceId || (usable.length === 1 ? usable[0]!.id : ''),
      });
      await this.list();
    } catch (error) {
      this.setData({ loading: false, error: trouble(error) });
    }
  },
  list() {
    return beginList(this, codePart);
  },
  loadMore() {
    return loadMore(this, codePart);
  },
  openChoice() {
    this.setData({ choosing: true });
  },
  closeChoice() {
    this.setData({ choosing: false });
  },
  choose(event: WechatMiniprogram.CustomEvent<{ value: string }>) {
    this.setData({ choosing: false, 'terms.resourceId': event.detail.value });
  },
  type(event: WechatMiniprogram.Input) {
    const { name } = event.currentTarget.dataset as { name: 'targetAccountId' | 'note' };
    this.setData({ [`terms.${name}`]: event.detail.value });
  },
  useOwn() {
    this.setData({ 'terms.targetAccountId': this.data.accountId });
  },
  less() {
    this.setData({ count: Math.max(1, this.data.count - 1) });
  },
  greater() {
    this.setData({ count: Math.min(atOnce, this.data.count + 1) });
  },
  edit(event: WechatMiniprogram.TouchEvent<object, object, { id: string }>) {
    const code = this.data.rows.find((row) => row.id === event.currentTarget.dataset.id);
    if (code) {
      this.setData({ editing: code.id, faults: {}, terms: { resourceId: code.resourceId, targetAccountId: code.targetAccountId, note: code.note } });
      void wx.pageScrollTo({ scrollTop: 0 });
    }
  },
  stopEditing() {
    this.setData({ editing: '', faults: {}, terms: blank });
  },
  async save() {
    const { t, editing, terms, count, busy } = this.data;
    if (busy) {
      return;
    }
    this.setData({ busy: true, faults: {} });
    const held = { ...terms, targetAccountId: terms.targetAccountId.trim(), note: terms.note.trim() };
    try {
      const made = editing ? await changeCode(editing, held) : await makeCodes(held, count);
      void wx.showToast({ title: editing ? t.changed : fill(t.made, { count: made ?? 1 }), icon: 'none' });
      this.setData({ editing: '', count: 1, terms: { ...blank, resourceId: editing ? '' : held.resourceId } });
      await this.list();
    } catch (error) {
      const faults = faultsOf(error);
      this.setData({ faults });
      if (Object.keys(faults).length === 0) {
        showTrouble(error);
      }
    } finally {
      this.setData({ busy: false });
    }
  },
  copy(event: WechatMiniprogram.TouchEvent<object, object, { code: string }>) {
    void wx.setClipboardData({ data: event.currentTarget.dataset.code });
  },
  askRemove(event: WechatMiniprogram.TouchEvent<object, object, { id: string }>) {
    this.setData({ removing: this.data.rows.find((row) => row.id === event.currentTarget.dataset.id) ?? null });
  },
  stopRemoving() {
    this.setData({ removing: null });
  },
  async remove() {
    const { t, removing, editing, busy } = this.data;
    if (busy || !removing) {
      return;
    }
    this.setData({ busy: true });
    try {
      await deleteCode(removing.id);
      if (editing === removing.id) {
        this.stopEditing();
      }
      void wx.showToast({ title: t.removed, icon: 'none' });
      await this.list();
    } catch (error) {
      showTrouble(error);
    } finally {
      this.setData({ busy: false, removing: null });
    }
  },
  typeCheck(event: WechatMiniprogram.Input) {
    this.setData({ checked: event.detail.value, checkGood: '', checkBad: '' });
  },
  async check() {
    const { checked, busy } = this.data;
    if (busy || !checked.trim()) {
      return;
    }
    this.setData({ busy: true, checkGood: '', checkBad: '' });
    try {
      this.setData({ checkGood: await checkCode(checked.trim()) });
    } catch (error) {
      const { title, text } = trouble(error);
      this.setData({ checkBad: [title, text].filter(Boolean).join('\n') });
    } finally {
      this.setData({ busy: false });
    }
  },
});
