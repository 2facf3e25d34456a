import { commonTexts } from '../i18n/common';
import { fill, texts } from '../i18n/index';
import { paperTexts } from '../i18n/papers';
import { day } from './dates';
import { isDated, isFilm, megabytes, paperId, type Paper, type PaperPart } from './papers';
import { partOf, type Upload } from './uploads';
import type { Filing, Finding, Material } from './types';

/** A paper as its card shows it; only words, so that it can be handed to a component. */
export interface PaperCard {
  readonly id: string;
  readonly key: string;
  readonly kind: string;
  readonly siteId: string;
  readonly name: string;
  readonly tag: string;
  readonly tone: string;
  readonly notes: readonly string[];
  readonly warnings: readonly string[];
  readonly letter: boolean;
  readonly dated: boolean;
  readonly signedOn: string;
  readonly signedOnText: string;
  readonly parts: readonly PartCard[];
  readonly alternatives: readonly { readonly kind: string; readonly text: string }[];
}

export interface PartCard {
  readonly key: string;
  readonly part: string;
  readonly name: string;
  readonly files: readonly FileCard[];
  readonly uploads: readonly UploadCard[];
  readonly canAdd: boolean;
  readonly addText: string;
}

export interface FileCard {
  readonly id: string;
  readonly picture: boolean;
  readonly thumb: string;
  readonly note: string;
  readonly state: string;
  readonly bad: boolean;
  readonly warnings: readonly string[];
}

export interface UploadCard {
  readonly id: string;
  readonly text: string;
  readonly percent: number;
  readonly stopped: boolean;
  readonly refused: boolean;
}

export interface CardContext {
  readonly filing: Filing;
  readonly uploads: readonly Upload[];
  readonly thumbs: ReadonlyMap<string, string>;
  readonly dates: ReadonlyMap<string, string>;
  readonly nameOf: (kind: string) => string;
}

export function paperCard(paper: Paper, context: CardContext): PaperCard {
  const t = texts(paperTexts);
  const parts = paper.parts.map((part) => partCard(paper, part, context));
  const warnings = warningsOf(paper, context.filing);
  const signedOn = context.dates.get(paper.key) ?? '';
  return {
    id: paperId(paper.kind, paper.siteId),
    key: paper.key,
    kind: paper.kind,
    siteId: paper.siteId ?? '',
    name: paper.name,
    ...tagOf(paper, parts, warnings.length > 0),
    notes: notesOf(paper),
    warnings,
    letter: paper.letter !== null,
    dated: isDated(paper.outlook),
    signedOn,
    signedOnText: signedOn ? day(signedOn) : t.pickDate,
    parts,
    alternatives: paper.due ? paper.alternatives.map((kind) => ({ kind, text: fill(t.alternative, { name: context.nameOf(kind) }) })) : [],
  };
}

function tagOf(paper: Paper, parts: readonly PartCard[], warned: boolean): { tag: string; tone: string } {
  const t = texts(paperTexts);
  const uploads = parts.flatMap((part) => part.uploads);
  if (uploads.length > 0) {
    return uploads.some((upload) => upload.stopped) ? { tag: t.stopped, tone: 'tag-bad' } : { tag: t.sending, tone: 'tag-info' };
  }
  if (paper.due) {
    return { tag: t.due, tone: 'tag-warn' };
  }
  const files = parts.flatMap((part) => part.files);
  if (files.length === 0) {
    return { tag: t.optional, tone: '' };
  }
  return warned || files.some((file) => file.bad || file.warnings.length > 0) ? { tag: t.mend, tone: 'tag-warn' } : { tag: t.kept, tone: 'tag-good' };
}

function notesOf({ outlook, letter }: Paper): string[] {
  const t = texts(paperTexts);
  if (!outlook) {
    return [];
  }
  const signing = letter?.signing ?? outlook.signing;
  const [months, days, remaining] = [letter?.maxAgeMonths ?? outlook.maxAgeMonths, letter?.maxAgeDays ?? outlook.maxAgeDays, outlook.minRemainingMonths];
  return [
    outlook.notes ?? '',
    signing.length ? fill(t.signing, { what: signing.map((sign) => t.signs[sign] ?? '').filter(Boolean).join(texts(commonTexts).comma) }) : '',
    months ? fill(t.maxAgeMonths, { count: months }) : days ? fill(t.maxAgeDays, { count: days }) : '',
    remaining ? fill(t.remaining, { count: remaining }) : '',
  ].filter(Boolean);
}

/** What the review says of the papers, and of none that is there. */
export function generalFindings(filing: Filing): string[] {
  return (filing.rejection?.findings ?? []).filter((finding) => /^\/materials(\/|$)/.test(finding.pointer) && !finding.materialId).map(findingText);
}

function findingText({ reason, suggestion }: Finding): string {
  return [fill(texts(paperTexts).finding, { reason }), suggestion].filter(Boolean).join(' ');
}

/** What the filing and the review say of the paper as a whole. */
function warningsOf(paper: Paper, filing: Filing): string[] {
  const ids = new Set(paper.parts.flatMap((part) => part.materials.map((material) => material.id)));
  const findings = (filing.rejection?.findings ?? []).filter((finding) => finding.materialId && ids.has(finding.materialId));
  const hints = new Set(paper.parts.flatMap((part) => part.materials.flatMap((material) => material.hints.map((hint) => hint.message))));
  return [
    ...findings.map(findingText),
    ...paper.remarks.filter((remark) => !hints.has(remark.message)).map((remark) => [remark.message, remark.remedy].filter(Boolean).join(' ')),
  ];
}

function partCard(paper: Paper, part: PaperPart, context: CardContext): PartCard {
  const t = texts(paperTexts);
  const uploads = context.uploads.filter((upload) => partOf(upload) === part.key);
  const name = part.part ? t.parts[part.part] ?? '' : '';
  return {
    key: part.key,
    part: part.part ?? '',
    name,
    files: part.materials.map((material) => fileCard(material, context)),
    uploads: uploads.map(uploadCard),
    canAdd: part.materials.length + uploads.length < paper.max,
    addText: part.materials.length + uploads.length > 0 ? t.addMore : name || (isFilm(paper.outlook) ? t.addFilm : t.add),
  };
}

function fileCard(material: Material, { thumbs }: CardContext): FileCard {
  const t = texts(paperTexts);
  const picture = material.contentType.startsWith('image/');
  const signed = material.signedOn ? fill(t.signed, { date: day(material.signedOn) }) : '';
  const scans: Record<string, string> = { pendingScan: t.scanning, infected: t.infected };
  const read: Record<string, string> = { recognised: t.read, unreadable: material.recognition?.message ?? t.readNot };
  return {
    id: material.id,
    picture,
    thumb: thumbs.get(material.id) ?? '',
    note: [picture ? '' : t.film, megabytes(material.size), signed].filter(Boolean).join(' · '),
    state: scans[material.scan ?? ''] ?? read[material.recognition?.status ?? ''] ?? '',
    bad: material.scan === 'infected',
    warnings: material.hints.map((hint) => hint.message),
  };
}

function uploadCard(upload: Upload): UploadCard {
  const t = texts(paperTexts);
  const { trouble } = upload;
  const refused = trouble ? [trouble.title, trouble.text].filter(Boolean).join('\n') : '';
  const words = { waiting: t.waiting, sending: fill(t.percent, { percent: upload.progress }), offline: trouble?.code ? `${refused}\n${t.offlineKept}` : t.offline, refused };
  return {
    id: upload.id,
    text: words[upload.state],
    percent: upload.progress,
    stopped: upload.state === 'offline' || upload.state === 'refused',
    refused: upload.state === 'refused',
  };
}

/** Whose papers a group holds, in words. */
export function groupTitle(owner: string, siteId: string | null, filing: Filing): string {
  const t = texts(paperTexts);
  const site = filing.sites.find((one) => one.id === siteId);
  const names: Record<string, string | null | undefined> = {
    principal: filing.subject.principal.name,
    site: site?.name ?? site?.domain,
    sitePrincipal: site?.principal.name ?? site?.domain,
  };
  return fill(t.owners[owner] ?? '', { name: names[owner] ?? '' }).trim();
}
