import type { Filing, Letter, Material, PaperOutlook, Requirement } from './types';

export type Owner = 'subject' | 'principal' | 'site' | 'sitePrincipal';

/** One side or the whole of a paper: what a person takes a picture of in one go. */
export interface PaperPart {
  readonly key: string;
  readonly part: string | null;
  readonly due: boolean;
  readonly materials: readonly Material[];
}

/** A paper of one owner with everything known about it. */
export interface Paper {
  readonly key: string;
  readonly kind: string;
  readonly siteId: string | null;
  readonly owner: Owner;
  readonly name: string;
  /** The data's row; null for a kind that the outlook does not name. */
  readonly outlook: PaperOutlook | null;
  readonly due: boolean;
  /** What the filing says of it. */
  readonly remarks: readonly Requirement[];
  readonly parts: readonly PaperPart[];
  readonly max: number;
  /** Kinds that would do as well. */
  readonly alternatives: readonly string[];
  readonly letter: Letter | null;
}

/** A kind with its owner, as a person asked to add it. */
export interface Wanted {
  readonly kind: string;
  readonly siteId: string | null;
}

export interface PaperSources {
  readonly filing: Filing;
  readonly outlook: readonly PaperOutlook[];
  readonly letters: readonly Letter[];
  readonly wanted: readonly Wanted[];
  /** Names of kinds that the outlook does not name. */
  readonly names: ReadonlyMap<string, string>;
}

export const paperKey = (kind: string, siteId: string | null): string => `${kind}/${siteId ?? ''}`;
/** The id of its card on the page. */
export const paperId = (kind: string, siteId: string | null): string => `paper-${kind}-${siteId ?? ''}`;
export const partKey = (kind: string, part: string | null, siteId: string | null): string => `${paperKey(kind, siteId)}/${part ?? ''}`;

/** A demand for a paper, as against one for anything else. */
const demandsOf = (filing: Filing): readonly Requirement[] => [...filing.requirements.due, ...filing.requirements.pending].filter((demand) => demand.kind);

/** Every paper that is due, was uploaded or was asked for, each once for each owner, in the order of the data: a card stays where it is. */
export function papersOf(sources: PaperSources): Paper[] {
  const { filing, wanted } = sources;
  const seen = new Map<string, Wanted>();
  const all = [...demandsOf(filing), ...filing.materials.filter(isPaper), ...wanted];
  for (const { kind, siteId } of all) {
    if (kind) {
      seen.set(paperKey(kind, siteId), { kind, siteId });
    }
  }
  const place = ({ outlook }: Paper): number => (outlook ? sources.outlook.indexOf(outlook) : sources.outlook.length);
  return [...seen.values()].map((one) => paper(one, sources)).sort((a, b) => place(a) - place(b));
}

/** Pictures of a face check are kept among the papers for a while, and are none. */
const isPaper = (material: Material): boolean => !material.deleteAt;

function paper({ kind, siteId }: Wanted, sources: PaperSources): Paper {
  const { filing } = sources;
  const outlook = outlookOf(kind, siteId, sources.outlook);
  const demands = demandsOf(filing).filter((demand) => demand.kind === kind && demand.siteId === siteId);
  const materials = filing.materials.filter((material) => material.kind === kind && material.siteId === siteId);
  const names = partNames(outlook, demands, materials);
  return {
    key: paperKey(kind, siteId),
    kind,
    siteId,
    owner: ownerOf(outlook, siteId),
    name: outlook?.name ?? sources.names.get(kind) ?? '',
    outlook,
    due: demands.length > 0,
    remarks: remarksOf(filing, kind, siteId),
    parts: names.map((part) => ({
      key: partKey(kind, part, siteId),
      part,
      due: demands.some((demand) => (demand.part ?? null) === part),
      materials: materials.filter((material) => material.part === part),
    })),
    max: names.length > 1 ? 1 : outlook?.count.max ?? 1,
    alternatives: [...new Set([...demands.flatMap((demand) => demand.alternatives ?? []), ...(demands.length ? outlook?.alternatives ?? [] : [])])],
    letter: sources.letters.find((letter) => letter.kind === kind && letter.siteId === siteId) ?? null,
  };
}

/** The row of a kind for that owner; a site's papers and its principal's carry the site. */
function outlookOf(kind: string, siteId: string | null, outlook: readonly PaperOutlook[]): PaperOutlook | null {
  const owners = siteId ? ['site', 'sitePrincipal'] : ['subject', 'principal'];
  return outlook.find((row) => row.kind === kind && owners.includes(row.owner)) ?? outlook.find((row) => row.kind === kind) ?? null;
}

function ownerOf(outlook: PaperOutlook | null, siteId: string | null): Owner {
  const person = outlook?.owner === 'principal' || outlook?.owner === 'sitePrincipal';
  return siteId ? (person ? 'sitePrincipal' : 'site') : person ? 'principal' : 'subject';
}

function partNames(outlook: PaperOutlook | null, demands: readonly Requirement[], materials: readonly Material[]): (string | null)[] {
  const mentioned = [...demands, ...materials].map(({ part }) => part).filter((part): part is string => Boolean(part));
  const named = outlook?.parts ?? [...new Set(mentioned)];
  return named.length ? [...named] : [null];
}

/** Findings about the paper itself, other than that it is missing; a reviewer's is in the rejection. */
function remarksOf(filing: Filing, kind: string, siteId: string | null): Requirement[] {
  const about = [...filing.requirements.due, ...filing.requirements.warnings, ...filing.requirements.pending];
  const pointers = filing.materials.flatMap((material, index) => (material.kind === kind && material.siteId === siteId ? [`/materials/${index}`] : []));
  return about.filter((item) => pointers.some((pointer) => item.pointer === pointer || item.pointer.startsWith(`${pointer}/`)));
}

/** Papers that nobody asks for yet and that may be added, once for each owner, those of sites for each site. */
export function addable(sources: PaperSources, shown: readonly Paper[]): (Wanted & { readonly owner: Owner; readonly condition: string })[] {
  const keys = new Set(shown.map((one) => one.key));
  const sites = sources.filing.sites.map((site) => site.id);
  const of = ({ owner }: PaperOutlook): (string | null)[] => (owner === 'site' || owner === 'sitePrincipal' ? sites : [null]);
  return sources.outlook
    .flatMap((row) => of(row).map((siteId) => ({ kind: row.kind, siteId, owner: row.owner as Owner, condition: row.condition ?? '' })))
    .filter((one) => !keys.has(paperKey(one.kind, one.siteId)));
}

export interface PaperGroup {
  readonly key: string;
  readonly owner: Owner;
  readonly siteId: string | null;
  readonly papers: readonly Paper[];
}

const order: readonly Owner[] = ['subject', 'principal', 'site', 'sitePrincipal'];

/** By whose papers they are: the subject, its principal, then each site with its principal. */
export function grouped(papers: readonly Paper[], filing: Filing): PaperGroup[] {
  const place = (siteId: string | null): number => filing.sites.findIndex((site) => site.id === siteId);
  const groups = new Map<string, Paper[]>();
  for (const one of papers) {
    const key = `${one.owner}/${one.siteId ?? ''}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups]
    .map(([key, of]) => ({ key, owner: of[0]!.owner, siteId: of[0]!.siteId, papers: of }))
    .sort((a, b) => place(a.siteId) - place(b.siteId) || order.indexOf(a.owner) - order.indexOf(b.owner));
}

/** A file that was chosen, before it is sent. */
export interface Chosen {
  readonly path: string;
  readonly size: number;
  /** Seconds of a film; 0 for pictures. */
  readonly seconds: number;
}

export type Unfit = { readonly code: 'type'; readonly allowed: string } | { readonly code: 'size' | 'long'; readonly limit: string };

/** What the server would refuse, told before anything is sent; null when nothing is. The limits are the reference data's. */
export function unfit(file: Chosen, outlook: PaperOutlook | null): Unfit | null {
  if (!outlook) {
    return null;
  }
  const ending = /\.([a-z0-9]+)$/i.exec(file.path)?.[1]?.toLowerCase() ?? '';
  if (ending && outlook.formats.length && !outlook.formats.includes(ending)) {
    return { code: 'type', allowed: outlook.formats.filter((format) => format !== 'jpeg').join(' / ').toUpperCase() };
  }
  if (outlook.maxBytes !== null && file.size > outlook.maxBytes) {
    return { code: 'size', limit: megabytes(outlook.maxBytes) };
  }
  return outlook.maxSeconds !== null && file.seconds > outlook.maxSeconds ? { code: 'long', limit: String(outlook.maxSeconds) } : null;
}

/** Bytes as people read them: 320 KB, 9.5 MB. */
export function megabytes(bytes: number): string {
  return bytes < 1_048_576 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${Math.round(bytes / 104_857.6) / 10} MB`;
}

export const isFilm = (outlook: PaperOutlook | null): boolean => outlook?.formats.includes('mp4') ?? false;

/** Whether the day of signing decides how long it is good for. */
export const isDated = (outlook: PaperOutlook | null): boolean => Boolean(outlook && (outlook.maxAgeMonths || outlook.maxAgeDays));
