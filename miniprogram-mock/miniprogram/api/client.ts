import type { Language } from './errors';
import type { Platform } from './platform';
import type { Client, Tokens } from './types';

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
  timeoutMs?: number;
  uploadTimeoutMs?: number;
  /** No new try begins after that long. */
  totalMs?: number;
  /** The first wait between tries; doubles, with jitter. */
  backoffMs?: number;
  now?(): number;
  random?(): number;
}

export function createClient(options: ClientOptions): Client {
  throw new Error(`Not yet: ${options.baseUrl}`);
}
