import { ApiError } from '../api/index';
import { texts } from '../i18n/index';
import { paperTexts } from '../i18n/papers';
import { api } from './api';
import { onReconnect } from './network';
import { partKey } from './papers';
import { trouble, type Trouble } from './trouble';
import type { Material } from './types';

export type UploadState = 'waiting' | 'sending' | 'offline' | 'refused';

/** A chosen file on its way. It stays here, and its file on the phone, until the server has it or the person lets it go. */
export interface Upload {
  readonly id: string;
  readonly filingId: string;
  readonly kind: string;
  readonly part: string | null;
  readonly siteId: string | null;
  readonly signedOn: string | null;
  readonly path: string;
  readonly state: UploadState;
  /** Percent. */
  readonly progress: number;
  readonly trouble: Trouble | null;
}

export type NewUpload = Pick<Upload, 'filingId' | 'kind' | 'part' | 'siteId' | 'signedOn' | 'path'>;

/** What an upload hears: every change, and what the server made of a file that arrived. */
export interface UploadListener {
  changed(): void;
  arrived(material: Material, upload: Upload): void;
}

const storageKey = 'uploads';
const atOnce = 3;
/** The first and the longest wait before what stopped is sent again. */
const shortestWait = 3_000;
const longestWait = 60_000;
const listeners = new Set<UploadListener>();
const running = new Map<string, { abort(): void }>();
let list: readonly Upload[] | null = null;
let failures = 0;
let again: ReturnType<typeof setTimeout> | null = null;

/** The uploads of a filing, oldest first; those that a closed program left behind too. */
export const uploadsOf = (filingId: string): readonly Upload[] => held().filter((upload) => upload.filingId === filingId);

/** Whether a file is on this phone only. */
export const hasUploads = (): boolean => held().length > 0;

export const partOf = (upload: Upload): string => partKey(upload.kind, upload.part, upload.siteId);

/** Returns the way to stop. */
export function onUploads(listener: UploadListener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Keeps the file and sends it as soon as fewer than three are under way. */
export async function addUpload(chosen: NewUpload): Promise<void> {
  const path = await kept(chosen.path);
  const id = `${Date.now().toString(36)}${Math.random().toString(36).slice(2, 10)}`;
  write([...held(), { ...chosen, path, id, state: 'waiting', progress: 0, trouble: null }]);
  pump();
}

/** Sends again what stopped; those that were refused only when asked for by name. */
export function resumeUploads(id?: string): void {
  const meant = (upload: Upload): boolean => (id === undefined ? upload.state === 'offline' : upload.id === id);
  write(held().map((upload) => (meant(upload) ? { ...upload, state: 'waiting', progress: 0, trouble: null } : upload)));
  pump();
}

/** Lets a file go, sent or not. */
export function dropUpload(id: string): void {
  running.get(id)?.abort();
  running.delete(id);
  const dropped = held().find((upload) => upload.id === id);
  write(held().filter((upload) => upload.id !== id));
  if (dropped) {
    removeFile(dropped.path);
  }
  pump();
}

/** Lets every file go: at the end of the session, or with the filing. */
export function dropUploads(filingId?: string): void {
  for (const upload of held().filter((one) => filingId === undefined || one.filingId === filingId)) {
    dropUpload(upload.id);
  }
}

function held(): readonly Upload[] {
  if (list === null) {
    const stored = wx.getStorageSync(storageKey) as Upload[] | '';
    // Whatever was under way when the program was closed begins anew; the key makes a second arrival the first one again.
    list = (stored || []).map((upload) => ({ ...upload, state: upload.state === 'refused' ? 'refused' : 'waiting', progress: 0 }));
  }
  return list;
}

function write(next: readonly Upload[]): void {
  list = next;
  try {
    wx.setStorageSync(storageKey, next);
  } catch {
    // The phone is out of space: the upload goes on as long as the program is open.
  }
  for (const listener of [...listeners]) {
    listener.changed();
  }
}

function change(id: string, to: Partial<Upload>): void {
  write(held().map((upload) => (upload.id === id ? { ...upload, ...to } : upload)));
}

function pump(): void {
  for (const upload of held()) {
    if (running.size >= atOnce) {
      return;
    }
    if (upload.state === 'waiting' && !running.has(upload.id)) {
      void send(upload);
    }
  }
}

async function send(upload: Upload): Promise<void> {
  running.set(upload.id, { abort: () => {} });
  const there = await exists(upload.path);
  if (!held().some((one) => one.id === upload.id)) {
    // Let go meanwhile.
    return;
  }
  if (!there) {
    running.delete(upload.id);
    const { fileGone } = texts(paperTexts);
    change(upload.id, { state: 'refused', trouble: { title: fileGone, text: '', help: '', code: '' } });
    return pump();
  }
  const { kind, part, siteId, signedOn } = upload;
  const call = api.upload('/api/v1/filings/{filingId}/materials', {
    path: { filingId: upload.filingId },
    filePath: upload.path,
    name: 'file',
    fields: { kind, ...(part ? { part } : {}), ...(siteId ? { siteId } : {}), ...(signedOn ? { signedOn } : {}) },
    idempotencyKey: upload.id,
    onProgress: ({ percent }) => progressed(upload.id, percent),
  });
  running.set(upload.id, call);
  change(upload.id, { state: 'sending' });
  try {
    const { data } = await call;
    finished(upload, data);
  } catch (error) {
    failed(upload, error);
  } finally {
    running.delete(upload.id);
    pump();
  }
}

/** Told to the screen only: writing a percentage to the phone's storage for every packet would be felt. */
function progressed(id: string, progress: number): void {
  list = held().map((upload) => (upload.id === id ? { ...upload, progress } : upload));
  for (const listener of [...listeners]) {
    listener.changed();
  }
}

function finished(upload: Upload, material: Material): void {
  failures = 0;
  write(held().filter((one) => one.id !== upload.id));
  for (const listener of [...listeners]) {
    listener.arrived(material, upload);
  }
  removeFile(upload.path);
}

function failed(upload: Upload, error: unknown): void {
  if (!held().some((one) => one.id === upload.id) || (error instanceof ApiError && error.kind === 'aborted')) {
    return;
  }
  if (error instanceof ApiError && error.code === 'filing.notFound') {
    // No page will ever show it again.
    dropUpload(upload.id);
    return;
  }
  const later = error instanceof ApiError && ['offline', 'timeout', 'unavailable', 'server', 'rateLimited'].includes(error.kind);
  change(upload.id, { state: later ? 'offline' : 'refused', progress: 0, trouble: trouble(error) });
  if (later) {
    tryLater(error.retryAfterSeconds ?? 0);
  }
}

/** A server that was down, or an answer that got lost, does not tell when it is over, as a network does. */
function tryLater(seconds: number): void {
  const wait = Math.max(seconds * 1000, Math.min(longestWait, shortestWait * 2 ** failures));
  failures += 1;
  again ??= setTimeout(() => {
    again = null;
    resumeUploads();
  }, wait);
}

/** A temporary file may go at any time; a saved one stays. Without room for it the temporary one must do. */
async function kept(path: string): Promise<string> {
  return new Promise((resolve) => {
    wx.getFileSystemManager().saveFile({ tempFilePath: path, success: ({ savedFilePath }) => resolve(savedFilePath), fail: () => resolve(path) });
  });
}

/** Phones that run out of space throw even saved files away. */
async function exists(filePath: string): Promise<boolean> {
  return new Promise((resolve) => {
    wx.getFileSystemManager().getFileInfo({ filePath, success: () => resolve(true), fail: () => resolve(false) });
  });
}

function removeFile(filePath: string): void {
  wx.getFileSystemManager().unlink({ filePath, fail: () => {} });
}

onReconnect(() => resumeUploads());
