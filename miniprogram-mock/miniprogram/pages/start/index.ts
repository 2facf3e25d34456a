import { journeyTexts } from '../../i18n/journey';
import { texts } from '../../i18n/index';
import { api } from '../../services/api';
import { choicesOf, type Choice } from '../../services/choices';
import { startFiling } from '../../services/filings';
import { needsOf, type Needs } from '../../services/needs';
import { outlook } from '../../services/reference';
import { showStartTrouble } from '../../services/start-trouble';
import { trouble, type Trouble } from '../../services/trouble';
import type { FiledSubject } from '../../services/types';

type Kind = 'firstFiling' | 'addSite';

const open = { nature: null, province: null, city: null, person: false };

/** What is to be filed, and what it will need, before anything is started. */
Page({
  data: {
    t: texts(journeyTexts),
    loading: true,
    error: null as Trouble | null,
    kind: 'firstFiling' as Kind,
    subjects: [] as FiledSubject[],
    subjectId: '',
    provinces: [] as Choice[],
    natures: [] as Choice[],
    province: '',
    nature: 0,
    provinceName: '',
    natureName: '',
    sheet: '' as '' | 'province' | 'nature',
    needs: { papers: [], people: [], waiting: [], estimate: '', notes: [] } as Needs,
    needLoading: true,
    needError: null as Trouble | null,
    busy: false,
  },
  onLoad(query: { kind?: string; subjectId?: string }) {
    const t = texts(journeyTexts);
    void wx.setNavigationBarTitle({ title: t.startTitle });
    this.setData({ t, kind: query.kind === 'addSite' ? 'addSite' : 'firstFiling', subjectId: query.subjectId ?? '' });
    void this.load();
  },
  async load() {
    this.setData({ loading: true, error: null });
    try {
      const [subjects, provinces, natures] = await Promise.all([
        api.get('/api/v1/subjects').then(({ data }) => data.items),
        choicesOf('provinces', '', open),
        choicesOf('subject-natures', '', open),
      ]);
      const first = subjects[0];
      this.setData({
        loading: false,
        subjects,
        subjectId: this.data.subjectId || first?.id || '',
        kind: subjects.length === 0 ? 'firstFiling' : this.data.kind,
        provinces: [...provinces],
        natures: [...natures],
        province: String(provinces[0]?.value ?? ''),
        nature: Number(natures[0]?.value ?? 0),
      });
      await this.loadNeeds();
    } catch (error) {
      this.setData({ loading: false, error: trouble(error) });
    }
  },
  async loadNeeds() {
    const { kind, subjects, subjectId, provinces, natures } = this.data;
    const subject = kind === 'addSite' ? subjects.find((one) => one.id === subjectId) : undefined;
    const province = subject?.region?.province ?? this.data.province;
    const nature = subject?.subjectNature ?? this.data.nature;
    this.setData({
      needLoading: true,
      needError: null,
      provinceName: provinces.find((one) => one.value === this.data.province)?.text ?? '',
      natureName: natures.find((one) => one.value === this.data.nature)?.text ?? '',
    });
    try {
      this.setData({ needs: needsOf(await outlook(province, nature, kind)), needLoading: false });
    } catch (error) {
      this.setData({ needLoading: false, needError: trouble(error) });
    }
  },
  chooseKind(event: WechatMiniprogram.TouchEvent<object, object, { kind: Kind }>) {
    const { kind } = event.currentTarget.dataset;
    if (kind === 'firstFiling' || this.data.subjects.length > 0) {
      this.setData({ kind });
      void this.loadNeeds();
    }
  },
  chooseSubject(event: WechatMiniprogram.TouchEvent<object, object, { id: string }>) {
    this.setData({ subjectId: event.currentTarget.dataset.id });
    void this.loadNeeds();
  },
  openProvince() {
    this.setData({ sheet: 'province' });
  },
  openNature() {
    this.setData({ sheet: 'nature' });
  },
  closeSheet() {
    this.setData({ sheet: '' });
  },
  choose(event: WechatMiniprogram.CustomEvent<{ value: string | number }>) {
    const { value } = event.detail;
    this.setData(this.data.sheet === 'province' ? { province: String(value) } : { nature: Number(value) });
    this.closeSheet();
    void this.loadNeeds();
  },
  async begin() {
    const { busy, kind, subjectId } = this.data;
    if (busy) {
      return;
    }
    this.setData({ busy: true });
    try {
      const filing = await startFiling(kind === 'addSite' ? subjectId : null);
      const page = kind === 'addSite' ? 'confirm' : 'verify';
      void wx.redirectTo({ url: `/pages/${page}/index?filingId=${filing.id}` });
    } catch (error) {
      void showStartTrouble(error);
    } finally {
      this.setData({ busy: false });
    }
  },
});
