import { journeyTexts } from '../i18n/journey';
import { fill, texts } from '../i18n/index';
import { stepOfPointer, stepPage } from './steps';
import type { Filing } from './types';

/** An open point as a list shows it, with the page where it is dealt with. */
export interface OpenPoint {
  readonly key: string;
  readonly where: string;
  readonly text: string;
  readonly note: string;
  readonly url: string;
}

/** What an open point, a warning, a rule to come and a line of the check have in common. */
export interface Point {
  readonly step?: string | null;
  readonly siteId?: string | null;
  readonly pointer: string;
  readonly message?: string | null;
  readonly remedy?: string | null;
  readonly kind?: string | null;
}

export function openPoints(filing: Filing, points: readonly Point[]): OpenPoint[] {
  return points.map((point, index) => ({
    key: `${index}${point.pointer}`,
    where: whereOf(filing, point),
    text: point.message ?? '',
    note: point.remedy ?? '',
    url: pageOf(filing, point),
  }));
}

function placeOf(filing: Filing, point: Point): { step: string; siteId: string | null } {
  const place = stepOfPointer(filing, point.pointer);
  return { step: point.step ?? place.step, siteId: point.siteId ?? place.siteId };
}

/** The step in words; among several sites with the site. */
export function whereOf(filing: Filing, point: Point): string {
  const t = texts(journeyTexts);
  const { step, siteId } = placeOf(filing, point);
  const site = filing.sites.findIndex((one) => one.id === siteId);
  const name = filing.sites.length > 1 && site >= 0 ? filing.sites[site]!.name || fill(t.sitePart, { n: site + 1 }) : '';
  return [t.steps[step] ?? '', name].filter(Boolean).join(' · ');
}

/** The page of the step, told which field or paper it is about. */
export function pageOf(filing: Filing, point: Point): string {
  const { step, siteId } = placeOf(filing, point);
  const page = stepPage(filing.id, step, siteId);
  if (step !== 'materials') {
    return `${page}&pointer=${encodeURIComponent(point.pointer)}`;
  }
  const index = Number(/^\/materials\/(\d+)/.exec(point.pointer)?.[1] ?? NaN);
  const kind = point.kind ?? filing.materials[index]?.kind;
  const owner = point.kind ? siteId : filing.materials[index]?.siteId;
  return kind ? `${stepPage(filing.id, step, owner)}&kind=${kind}` : page;
}
