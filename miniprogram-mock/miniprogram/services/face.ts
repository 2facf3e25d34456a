import { api } from './api';
import { referenceSet } from './reference';
import type { FaceCheck, FaceHandover, FaceStart, HandedOver, RedeemedHandover } from './types';

/** What the screen needs of a check, whether done on this person's phone or handed over to it. */
export interface FaceState {
  readonly status: string;
  readonly reason: string | null;
  readonly message: string | null;
  readonly remedy: string | null;
  readonly url: string | null;
  readonly token: string | null;
  readonly expiresAt: string | null;
  /** Kind of the picture that would do instead; empty where none would, or it is not for this person to hand in. */
  readonly alternative: string;
}

/** Where a check is started and its result read. */
export interface FaceRoute {
  start(): Promise<FaceStart>;
  read(): Promise<FaceState>;
}

interface GuideItem {
  readonly id: string;
  readonly text: { readonly zh: string; readonly en: string };
}

/** The rules of the scene, in order. */
export async function faceGuide(language: 'zh-CN' | 'en'): Promise<readonly string[]> {
  const { items } = await referenceSet<GuideItem>('face-check-guide');
  return items.map((item) => (language === 'en' ? item.text.en : item.text.zh));
}

export function ownFace(filingId: string, siteId: string): FaceRoute {
  const path = { filingId, siteId };
  return {
    start: async () => (await api.post('/api/v1/filings/{filingId}/sites/{siteId}/face-check', { path })).data,
    read: async () => faceState((await api.get('/api/v1/filings/{filingId}/sites/{siteId}/face-check', { path })).data),
  };
}

export function handedFace(handoverId: string): FaceRoute {
  const path = { handoverId };
  return {
    start: async () => (await api.post('/api/v1/face-checks/handover/{handoverId}/start', { path })).data,
    read: async () => faceState((await api.get('/api/v1/face-checks/handover/{handoverId}', { path })).data),
  };
}

export async function makeHandover(filingId: string, siteId: string): Promise<FaceHandover> {
  return (await api.post('/api/v1/filings/{filingId}/sites/{siteId}/face-check/handover', { path: { filingId, siteId } })).data;
}

export async function redeemHandover(code: string): Promise<RedeemedHandover> {
  return (await api.post('/api/v1/face-checks/handover', { body: { code } })).data;
}

export function faceState(view: FaceCheck | HandedOver): FaceState {
  return {
    status: view.status,
    reason: view.reason,
    message: view.message ?? null,
    remedy: view.remedy ?? null,
    url: view.url,
    token: view.token ?? null,
    expiresAt: view.expiresAt,
    alternative: ('alternative' in view && view.alternative) || '',
  };
}

/** The code in what was scanned, opened or typed: f= and the code, percent-encoded by WeChat, or the code alone. Empty when it is none. */
export function handoverCode(scene: string): string {
  const text = decoded(scene).trim();
  const code = /^f=(.*)$/.exec(text)?.[1] ?? text;
  return /^[A-Za-z0-9_-]{22}$/.test(code) ? code : '';
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
