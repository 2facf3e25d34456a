// Addresses, headers and bodies: what goes over the wire, and what came back.
import { ApiError, kindOf, type Language } from './errors';
import { type RawAnswer, TransportFailure } from './transport';
import type { VersionTag } from './types';

/** What all calls have, with the types rubbed off. */
export interface LooseOptions {
  path?: object;
  query?: object;
}

export function addressOf(baseUrl: string, path: string, { path: places = {}, query = {} }: LooseOptions): string {
  const filled = Object.entries(places).reduce((text, [name, value]) => text.replace(`{${name}}`, encodeURIComponent(String(value))), path);
  const pairs = Object.entries(query).filter(([, value]) => value !== undefined && value !== null);
  const asked = pairs.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`).join('&');
  return baseUrl.replace(/\/$/, '') + filled + (asked && `?${asked}`);
}

export function headerOf(entries: Record<string, string | null | undefined>): Record<string, string> {
  return Object.fromEntries(Object.entries(entries).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

/** The fields of a form: those that are there, as texts. */
export function formOf(fields: object = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== null).map(([name, value]) => [name, String(value)]));
}

export function tagOf(version: VersionTag | undefined): string | undefined {
  return typeof version === 'number' ? `"${version}"` : version;
}

/** 32 hexadecimal digits: nothing about the user or the call is in it. */
export function newKey(random: () => number): string {
  return Array.from({ length: 32 }, () => Math.floor(random() * 16).toString(16)).join('');
}

/** Without a token: reference data is the same for everybody, and whoever signs in has none. */
export function isPublic(path: string): boolean {
  return path === '/api/v1/reference' || path.startsWith('/api/v1/reference/') || path === '/api/v1/auth/wechat' || path === '/api/v1/auth/refresh';
}

/** What takes no Idempotency-Key: a repeat could do it twice. */
export function isOnce(path: string): boolean {
  return path.startsWith('/api/v1/auth/');
}

/** The body of a good answer; a refusal is thrown. */
export function read(answer: RawAnswer, language: Language): unknown {
  const data = bodyOf(answer);
  if (answer.status >= 400) {
    throw new ApiError(kindOf(answer.status), language, { status: answer.status, data, retryAfterSeconds: secondsOf(answer.header['retry-after']) });
  }

  return data;
}

function bodyOf({ text, header, status }: RawAnswer): unknown {
  if (text === '') {
    return undefined;
  }

  try {
    return JSON.parse(text);
  } catch {
    if (status < 400 && /json/.test(header['content-type'] ?? '')) {
      // Cut on the way.
      throw new TransportFailure('offline');
    }

    return text;
  }
}

function secondsOf(header: string | undefined): number | null {
  if (header === undefined) {
    return null;
  }

  const seconds = /^\d+$/.test(header) ? Number(header) : Math.ceil((Date.parse(header) - Date.now()) / 1000);
  return Number.isNaN(seconds) ? null : Math.max(0, seconds);
}
