import type { Language } from './errors';
import type { Platform } from './platform';
import { createQueue, type Queue } from './queue';
import { createShows, type Patience } from './retry';
import type { Tokens } from './types';

/** WeChat runs ten wx.request at once and refuses more; files are kept below its ten, or a slow network starves them all. */
const requestsAtOnce = 10;
const filesAtOnce = 3;

export interface ClientOptions {
  /** Scheme, host and port; the paths bring `/api/v1`. */
  baseUrl: string;
  wx: Platform;
  tokens: { read(): Tokens | null; write(tokens: Tokens | null): void };
  /** The code of wx.login, or null when nobody is to be signed in (somebody signed out on purpose). */
  login(): Promise<string | null>;
  language(): Language;
  /** No tokens, and signing in did not help: show the sign-in page. */
  onSignedOut?(): void;
  /** For one try; 20 s by default. */
  timeoutMs?: number;
  /** For one try of an upload or a download; 10 min by default. */
  fileTimeoutMs?: number;
  /** No new try begins after that long; 60 s by default. */
  totalMs?: number;
  /** The first wait between tries; doubles, with jitter. 500 ms by default. */
  backoffMs?: number;
  now?(): number;
  random?(): number;
}

/** What all calls of one client share. */
export interface Shared {
  readonly baseUrl: string;
  readonly wx: Platform;
  language(): Language;
  readonly timeoutMs: number;
  readonly fileTimeoutMs: number;
  readonly patience: Patience;
  readonly requests: Queue;
  readonly uploads: Queue;
  readonly downloads: Queue;
  readonly shows: ReturnType<typeof createShows>;
  now(): number;
}

export function sharedOf(options: ClientOptions): Shared {
  return {
    baseUrl: options.baseUrl,
    wx: options.wx,
    language: () => options.language(),
    timeoutMs: options.timeoutMs ?? 20_000,
    fileTimeoutMs: options.fileTimeoutMs ?? 600_000,
    patience: { tries: 3, totalMs: options.totalMs ?? 60_000, backoffMs: options.backoffMs ?? 500, random: options.random ?? Math.random },
    requests: createQueue(requestsAtOnce),
    uploads: createQueue(filesAtOnce),
    downloads: createQueue(filesAtOnce),
    shows: createShows(),
    now: options.now ?? Date.now,
  };
}
