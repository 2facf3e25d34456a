import { ApiError, type Language } from './errors';
import { addressOf, headerOf, type LooseOptions, newKey, read, tagOf } from './message';
import type { Platform } from './platform';
import { createQueue, type Queue } from './queue';
import { createShows, pauseAfter, sleep } from './retry';
import { createSession } from './session';
import { createAborter } from './signal';
import { fetchFile, type RawAnswer, sendFile, sendRequest, TransportFailure } from './transport';
import type { AbortSignal, Answer, Call, CallOptions, Client, Progress, Tokens, VersionTag } from './types';

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

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

interface AnyOptions extends LooseOptions, CallOptions {
  body?: unknown;
  idempotencyKey?: string;
  ifMatch?: VersionTag;
  ifNoneMatch?: string;
  onProgress?(progress: Progress): void;
}

interface AnyUpload extends AnyOptions {
  filePath: string;
  name?: string;
  fileName?: string;
  fields?: object;
}

/** One call, however many tries it takes: everything but the token is settled before the first. */
interface Plan {
  path: string;
  queue: Queue;
  totalMs: number;
  signal: AbortSignal;
  send(token: string | null): Promise<RawAnswer>;
}

export function createClient(options: ClientOptions): Client {
  const { wx, language } = options;
  const { timeoutMs = 20_000, fileTimeoutMs = 600_000, totalMs = 60_000, backoffMs = 500, now = Date.now, random = Math.random } = options;
  const [requests, uploads, downloads] = [createQueue(requestsAtOnce), createQueue(filesAtOnce), createQueue(filesAtOnce)];
  const shows = createShows();
  const session = createSession({
    tokens: options.tokens,
    now,
    login: () => options.login(),
    exchange: async <T>(path: string, body: object) => read(await requests(() => sendRequest(wx, {
      ...shipmentOf(path, { body }), method: 'POST', data: JSON.stringify(body), header: headersOf(null, { body }), signal: createAborter().signal,
    }), true), language()) as T,
    signedOut: () => new ApiError('unauthorized', language()),
    onSignedOut: () => options.onSignedOut?.(),
  });
  wx.onAppShow?.(() => shows.resumed());

  function shipmentOf(path: string, call: AnyOptions, timeout = timeoutMs) {
    return { url: addressOf(options.baseUrl, path, call), timeout: call.timeoutMs ?? timeout };
  }

  function headersOf(token: string | null, call: AnyOptions, key?: string): Record<string, string> {
    return headerOf({
      'Accept-Language': language(),
      Authorization: token && `Bearer ${token}`,
      'Content-Type': call.body === undefined ? null : 'application/json',
      'Idempotency-Key': key,
      'If-Match': tagOf(call.ifMatch),
      'If-None-Match': call.ifNoneMatch,
    });
  }

  /** One try, and a second one with another token where the first was refused. */
  async function attempt(plan: Plan): Promise<{ answer: RawAnswer; data: unknown }> {
    const token = isPublic(plan.path) ? null : await session.token();
    let answer = await plan.queue(() => plan.send(token));
    if (answer.status === 401 && token !== null) {
      const renewed = await session.token(token);
      answer = await plan.queue(() => plan.send(renewed));
    }

    return { answer, data: read(answer, language()) };
  }

  async function perform(plan: Plan): Promise<{ answer: RawAnswer; data: unknown }> {
    const started = now();
    const tries = isOnce(plan.path) ? 1 : 3;
    for (let made = 1; ; made += 1) {
      const seen = shows.count;
      try {
        return await attempt(plan);
      } catch (failure) {
        if (tries > 1 && failure instanceof TransportFailure && failure.reason === 'interrupted') {
          await shows.after(seen, plan.signal);
          made -= 1;
          continue;
        }

        const pause = pauseAfter(failure, made, { tries, totalMs, backoffMs, random });
        if (pause === null || now() - started + pause > plan.totalMs) {
          throw failure;
        }

        await sleep(pause, plan.signal);
      }
    }
  }

  function spoken(failure: unknown): unknown {
    return failure instanceof TransportFailure ? new ApiError(failure.reason === 'interrupted' ? 'offline' : failure.reason, language()) : failure;
  }

  function startCall<T>(outer: AbortSignal | undefined, work: (signal: AbortSignal) => Promise<T>): Call<T> {
    const aborter = createAborter();
    const unlink = outer?.onAbort(() => aborter.abort());
    const promise = new Promise<T>((resolve, reject) => {
      // At once, even where the work is waiting for something that others wait for too.
      aborter.signal.onAbort(() => reject(new TransportFailure('aborted')));
      if (outer?.aborted) {
        aborter.abort();
      } else {
        work(aborter.signal).then(resolve, reject);
      }
    }).catch((failure: unknown) => {
      throw spoken(failure);
    }).finally(unlink);
    return Object.assign(promise, { abort: () => aborter.abort() });
  }

  function request(method: Method, path: string, call: AnyOptions = {}): Call<Answer<never>> {
    const key = method === 'POST' && !isOnce(path) ? call.idempotencyKey ?? newKey(random) : undefined;
    const data = call.body === undefined ? undefined : JSON.stringify(call.body);
    return startCall(call.signal, async (signal) => answerOf(await perform({
      path,
      queue: requests,
      totalMs,
      signal,
      send: (token) => sendRequest(wx, { ...shipmentOf(path, call), method, data, header: headersOf(token, call, key), signal }),
    })));
  }

  function upload(path: string, call: AnyUpload): Call<Answer<never>> {
    const { filePath, name = 'file', fileName, onProgress } = call;
    const key = call.idempotencyKey ?? newKey(random);
    const formData = headerOf({ ...call.fields });
    return startCall(call.signal, async (signal) => answerOf(await perform({
      path,
      queue: uploads,
      totalMs: Math.max(totalMs, fileTimeoutMs),
      signal,
      send: (token) => sendFile(wx, {
        ...shipmentOf(path, call, fileTimeoutMs), filePath, name, fileName, formData, header: headersOf(token, call, key), signal, onProgress,
      }),
    })));
  }

  function download(path: string, call: AnyOptions): Call<{ tempFilePath: string; status: number }> {
    return startCall(call.signal, async (signal) => {
      const { answer } = await perform({
        path,
        queue: downloads,
        totalMs: Math.max(totalMs, fileTimeoutMs),
        signal,
        send: (token) => fetchFile(wx, { ...shipmentOf(path, call, fileTimeoutMs), header: headersOf(token, call), signal, onProgress: call.onProgress }),
      });
      return { tempFilePath: answer.tempFilePath ?? '', status: answer.status };
    });
  }

  return {
    get: (path: string, call?: AnyOptions) => request('GET', path, call),
    post: (path: string, call?: AnyOptions) => request('POST', path, call),
    put: (path: string, call?: AnyOptions) => request('PUT', path, call),
    delete: (path: string, call?: AnyOptions) => request('DELETE', path, call),
    upload,
    download,
    signIn: () => session.signIn().catch((failure: unknown) => {
      throw spoken(failure);
    }),
    async signOut({ all = false } = {}) {
      const held = options.tokens.read();
      session.forget();
      if (held) {
        // Best effort: whoever signs out is signed out here, told or not.
        await sendRequest(wx, {
          ...shipmentOf('/api/v1/auth/logout', { query: all ? { all } : {} }), method: 'POST', header: headersOf(held.accessToken, {}), signal: createAborter().signal,
        }).catch(() => undefined);
      }
    },
    resumed: () => shows.resumed(),
  };
}

function answerOf({ answer, data }: { answer: RawAnswer; data: unknown }): Answer<never> {
  return { data: data as never, status: answer.status, etag: answer.header.etag ?? null, replayed: answer.header['idempotency-replayed'] === 'true' };
}

function isPublic(path: string): boolean {
  return path === '/api/v1/reference' || path.startsWith('/api/v1/reference/') || path === '/api/v1/auth/wechat' || path === '/api/v1/auth/refresh';
}

/** What takes no Idempotency-Key: a repeat could do it twice. */
function isOnce(path: string): boolean {
  return path.startsWith('/api/v1/auth/');
}
