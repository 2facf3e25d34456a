import { filedTexts } from '../../i18n/filed';
import { texts } from '../../i18n/index';
import { api } from '../../services/api';
import { day } from '../../services/dates';
import { trouble, type Trouble } from '../../services/trouble';
import type { FiledSubject } from '../../services/types';

type FiledSite = FiledSubject['sites'][number];

interface Line {
  readonly label: string;
  readonly text: string;
  /** Numbers and domains are copied from here to the footer of the site. */
  readonly copyable: boolean;
}

interface SiteCard {
  readonly key: string;
  readonly name: string;
  readonly access: string;
  readonly accessed: boolean;
  readonly lines: readonly Line[];
  /** The line for the foot of the home page, as a link. */
  readonly footer: string;
}

/** What is filed: numbers to copy, the sites and whether they are served from here. */
Page({
  data: {
    t: texts(filedTexts),
    subjectId: '',
    loading: true,
    error: null as Trouble | null,
    empty: '',
    name: '',
    lines: [] as Line[],
    sites: [] as SiteCard[],
  },
  onLoad(query: { subjectId?: string }) {
    const t = texts(filedTexts);
    void wx.setNavigationBarTitle({ title: t.title });
    this.setData({ t, subjectId: query.subjectId ?? '' });
    void this.load();
  },
  async load() {
    this.setData({ loading: true, error: null });
    try {
      const subject = await this.find();
      this.setData(subject ? { loading: false, empty: '', ...this.viewOf(subject) } : { loading: false, empty: this.data.t.empty });
    } catch (error) {
      this.setData({ loading: false, error: trouble(error) });
    }
  },
  /** Without an id the account's first: an account files one subject. */
  async find(): Promise<FiledSubject | null> {
    const { subjectId } = this.data;
    if (subjectId) {
      return (await api.get('/api/v1/subjects/{subjectId}', { path: { subjectId } })).data;
    }
    return (await api.get('/api/v1/subjects')).data.items[0] ?? null;
  },
  viewOf(subject: FiledSubject) {
    const { t } = this.data;
    const lines = [
      { label: t.subjectNumber, text: subject.number, copyable: true },
      { label: t.principal, text: personText(subject.principal), copyable: false },
      { label: t.filedAt, text: day(subject.filedAt), copyable: false },
    ];
    return { subjectId: subject.id, name: subject.name ?? '', lines: lines.filter(({ text }) => text !== ''), sites: subject.sites.map((site) => this.siteOf(site)) };
  },
  siteOf(site: FiledSite): SiteCard {
    const { t } = this.data;
    const lines = [
      { label: t.siteNumber, text: site.number, copyable: true },
      { label: t.domain, text: site.domain, copyable: true },
      { label: t.sitePrincipal, text: personText(site.principal), copyable: false },
      { label: t.addresses, text: site.publicIps.join('、'), copyable: false },
      { label: t.approvedAt, text: day(site.approvedAt), copyable: false },
    ];
    return {
      key: site.number,
      name: site.name || site.domain,
      access: t.accessState[site.accessState] ?? t.otherAccess,
      accessed: site.accessState === 'accessed',
      lines: lines.filter(({ text }) => text !== ''),
      footer: site.footerHtml,
    };
  },
  copy(event: WechatMiniprogram.TouchEvent<object, object, { text: string }>) {
    void wx.setClipboardData({ data: event.currentTarget.dataset.text });
  },
});

const personText = (person: FiledSubject['principal'] | null): string => [person?.name, person?.mobile].filter(Boolean).join(' ');
