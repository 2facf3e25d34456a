import { fill, texts } from '../i18n/index';
import { paperTexts } from '../i18n/papers';
import type { Choice } from './choices';
import { timeOfDay } from './dates';
import { getFiling, onFiling } from './filings';
import { getLetters, letterLink } from './letters';
import { deleteMaterial, thumbnail, wholePicture } from './materials';
import { onReconnect } from './network';
import { pageAfter } from './next';
import { generalFindings, groupTitle, paperCard, type PaperCard } from './paper-cards';
import { addable, grouped, isDated, paperKey, papersOf, type Chosen, type Paper, type PaperSources, type Wanted } from './papers';
import { Polling } from './polling';
import { outlookOf, referenceSet } from './reference';
import type { Filing, Letter, Material, PaperOutlook } from './types';
import { addUpload, dropUpload, onUploads, resumeUploads, uploadsOf } from './uploads';

/** What the page of papers shows at one moment. */
export interface MaterialsScreen {
  readonly groups: readonly { readonly key: string; readonly title: string; readonly cards: readonly PaperCard[] }[];
  readonly locked: boolean;
  readonly dueCount: number;
  /** What the review says of the papers as a whole; what it says of one stands on its card. */
  readonly findings: readonly string[];
  readonly others: readonly Choice[];
  readonly links: Readonly<Record<string, { readonly url: string; readonly text: string }>>;
  readonly previewUrl: string;
  readonly nextUrl: string;
}

/** The papers of one filing on a screen: what is due, what is there, what is under way. */
export class MaterialsDesk {
  private filing: Filing | null = null;
  private outlook: readonly PaperOutlook[] = [];
  private letters: readonly Letter[] = [];
  private names: ReadonlyMap<string, string> = new Map();
  private wanted: readonly Wanted[] = [];
  private links: MaterialsScreen['links'] = {};
  private papers: readonly Paper[] = [];
  private shownAt = 0;
  private later: ReturnType<typeof setTimeout> | null = null;
  private readonly thumbs = new Map<string, string>();
  private readonly asked = new Set<string>();
  private readonly dates = new Map<string, string>();
  private readonly stops: (() => void)[];
  /** Whether something has changed on the server since the filing was read. */
  private stale = false;
  /** Waits for the scanner, for small copies, and for a view that could not be read. */
  private readonly polling = new Polling(async () => !waits(await this.read()));

  constructor(
    private readonly filingId: string,
    private readonly shown: (screen: MaterialsScreen) => void,
  ) {
    this.stops = [
      onFiling((filing) => filing.id === filingId && this.follow(filing)),
      onUploads({ changed: () => this.soon(), arrived: (_, upload) => upload.filingId === filingId && void this.refresh() }),
      onReconnect(() => this.stale && void this.refresh()),
    ];
  }

  close(): void {
    this.rest();
    this.stops.forEach((stop) => stop());
  }

  /** The page is out of sight. Uploads go on. */
  rest(): void {
    this.polling.stop();
    this.forgetLater();
  }

  /** Throws what the API throws. */
  async open(): Promise<void> {
    const [filing, letters] = await Promise.all([getFiling(this.filingId), getLetters(this.filingId)]);
    this.outlook = (await outlookOf(filing)).materials;
    this.letters = letters;
    await this.loadNames(filing);
    this.follow(filing);
    resumeUploads();
  }

  /** Reads the filing again, later where it can not be read now: a paper that arrived must not be asked for once more. */
  async refresh(): Promise<void> {
    this.stale = true;
    await this.read().catch(() => this.polling.startUnlessRunning());
  }

  /** Shows a paper that nobody asks for. */
  want(kind: string, siteId: string | null): void {
    this.wanted = [...this.wanted.filter((one) => paperKey(one.kind, one.siteId) !== paperKey(kind, siteId)), { kind, siteId }];
    this.show();
  }

  nameOf(key: string): string {
    return this.paper(key)?.name ?? '';
  }

  /** What may be added to a part: its limits, how many, and whether the day of signing is to be told first. */
  room(key: string, part: string | null): { outlook: PaperOutlook | null; left: number; dateMissing: boolean } | null {
    const paper = this.paper(key);
    const held = paper?.parts.find((one) => one.part === part);
    if (!paper || !held) {
      return null;
    }
    return { outlook: paper.outlook, left: Math.max(1, paper.max - held.materials.length), dateMissing: isDated(paper.outlook) && !this.dates.has(key) };
  }

  /** Sends what was chosen; the paper or the refused upload it takes the place of goes once that is certain. */
  async take(key: string, part: string | null, chosen: readonly Chosen[], instead: { file: string | null; upload: string | null }): Promise<void> {
    const paper = this.paper(key);
    if (!paper) {
      return;
    }
    if (instead.upload) {
      dropUpload(instead.upload);
    }
    // Where only one is kept the server puts the new one in the old one's place; among several the old one is taken away first.
    if (instead.file && paper.max > 1) {
      await deleteMaterial(this.filingId, instead.file);
    }
    for (const { path } of chosen) {
      await addUpload({ filingId: this.filingId, kind: paper.kind, part, siteId: paper.siteId, signedOn: this.dates.get(key) ?? null, path });
    }
  }

  async remove(materialId: string): Promise<void> {
    await deleteMaterial(this.filingId, materialId);
  }

  picture(materialId: string): Promise<string> {
    return wholePicture(this.filingId, materialId);
  }

  retry(uploadId: string): void {
    resumeUploads(uploadId);
  }

  cancel(uploadId: string): void {
    dropUpload(uploadId);
  }

  date(key: string, day: string): void {
    this.dates.set(key, day);
    this.show();
  }

  async letter(key: string): Promise<void> {
    const paper = this.paper(key);
    if (!paper) {
      return;
    }
    const { url, expiresAt } = await letterLink(this.filingId, paper.kind, paper.siteId);
    this.links = { ...this.links, [key]: { url, text: fill(texts(paperTexts).letterText, { time: timeOfDay(expiresAt) }) } };
    this.show();
  }

  private async read(): Promise<Filing> {
    const filing = await getFiling(this.filingId);
    this.stale = false;
    return filing;
  }

  private paper(key: string): Paper | undefined {
    return this.papers.find((one) => one.key === key);
  }

  private follow(filing: Filing): void {
    this.filing = filing;
    this.show();
    void this.fetchThumbs(filing);
    if (waits(filing)) {
      this.polling.startUnlessRunning();
    }
  }

  /** Kinds that are named as an alternative only may be missing in the outlook. */
  private async loadNames(filing: Filing): Promise<void> {
    const known = new Set(this.outlook.map((row) => row.kind));
    const { due, pending } = filing.requirements;
    const named = [
      ...[...due, ...pending].flatMap((demand) => [demand.kind ?? '', ...(demand.alternatives ?? [])]),
      ...filing.materials.map((material) => material.kind),
      ...this.outlook.flatMap((row) => row.alternatives),
    ];
    if (named.some((kind) => kind && !known.has(kind))) {
      const { items } = await referenceSet<{ id: string; name: string }>('materials');
      this.names = new Map(items.map((item) => [item.id, item.name]));
    }
  }

  private async fetchThumbs(filing: Filing): Promise<void> {
    for (const material of filing.materials.filter((one) => !this.thumbs.has(one.id) && !this.asked.has(one.id))) {
      this.asked.add(material.id);
      const path = await thumbnail(filing.id, material).catch(() => '');
      if (path) {
        this.thumbs.set(material.id, path);
        this.soon();
      } else {
        this.asked.delete(material.id);
      }
    }
  }

  /** Progress comes in many small steps; five times a second is enough to look at. */
  private soon(): void {
    const wait = this.shownAt + 200 - Date.now();
    if (wait <= 0) {
      this.show();
    } else {
      this.later ??= setTimeout(() => this.show(), wait);
    }
  }

  private show(): void {
    this.forgetLater();
    this.shownAt = Date.now();
    const { filing } = this;
    if (!filing) {
      return;
    }
    const sources: PaperSources = { filing, outlook: this.outlook, letters: this.letters, wanted: this.wanted, names: this.names };
    this.papers = papersOf(sources);
    const nameOf = (kind: string): string => this.outlook.find((row) => row.kind === kind)?.name ?? this.names.get(kind) ?? '';
    const context = { filing, uploads: uploadsOf(filing.id), thumbs: this.thumbs, dates: this.dates, nameOf };
    this.shown({
      groups: grouped(this.papers, filing).map(({ key, owner, siteId, papers }) => ({
        key,
        title: groupTitle(owner, siteId, filing),
        cards: papers.map((paper) => paperCard(paper, context)),
      })),
      locked: filing.editable === 'nothing' || filing.steps.find((one) => one.step === 'materials')?.status === 'locked',
      dueCount: this.papers.reduce((count, paper) => count + paper.parts.filter((part) => part.due).length, 0),
      findings: generalFindings(filing),
      others: addable(sources, this.papers).map(({ kind, siteId, owner, condition }) => ({
        value: paperKey(kind, siteId),
        text: nameOf(kind),
        note: [groupTitle(owner, siteId, filing), condition].filter(Boolean).join(' · '),
      })),
      links: this.links,
      previewUrl: `/pages/preview/index?filingId=${filing.id}`,
      nextUrl: pageAfter(filing, 'materials', null),
    });
  }

  private forgetLater(): void {
    if (this.later !== null) {
      clearTimeout(this.later);
      this.later = null;
    }
  }
}

const waits = (filing: Filing): boolean => filing.materials.some((material: Material) => material.scan === 'pendingScan');
