import { type AnyOptions, download, headersOf, request, upload } from './calls';
import { ApiError } from './errors';
import { addressOf, read } from './message';
import { startCall } from './pipeline';
import { createSession, type Session } from './session';
import { type ClientOptions, type Shared, sharedOf } from './settings';
import { createAborter } from './signal';
import { type RawAnswer, sendRequest } from './transport';
import type { Client } from './types';

export function createClient(options: ClientOptions): Client {
  const shared = sharedOf(options);
  const session = sessionOf(options, shared);
  options.wx.onAppShow?.(() => shared.shows.resumed());

  return {
    get: (path: string, call?: AnyOptions) => request(shared, session, 'GET', path, call),
    post: (path: string, call?: AnyOptions) => request(shared, session, 'POST', path, call),
    put: (path: string, call?: AnyOptions) => request(shared, session, 'PUT', path, call),
    delete: (path: string, call?: AnyOptions) => request(shared, session, 'DELETE', path, call),
    upload: (path, call) => upload(shared, session, path, call),
    download: (path, call) => download(shared, session, path, call),
    signIn: () => startCall(shared, undefined, () => session.signIn()),
    async signOut({ all = false } = {}) {
      const held = options.tokens.read();
      session.forget();
      if (held) {
        // Best effort: whoever signs out is signed out here, told or not.
        await post(shared, '/api/v1/auth/logout', { query: all ? { all } : {} }, held.accessToken).catch(() => undefined);
      }
    },
    resumed: () => shared.shows.resumed(),
  };
}

function sessionOf(options: ClientOptions, shared: Shared): Session {
  return createSession({
    tokens: options.tokens,
    now: shared.now,
    login: () => options.login(),
    // Before the calls in the queue: they wait for it.
    exchange: async <T>(path: string, body: object) => read(await shared.requests(() => post(shared, path, { body }), true), shared.language()) as T,
    signedOut: () => new ApiError('unauthorized', shared.language()),
    onSignedOut: () => options.onSignedOut?.(),
  });
}

/** One try, beside all machinery: for the session itself. */
function post(shared: Shared, path: string, call: AnyOptions, token: string | null = null): Promise<RawAnswer> {
  return sendRequest(shared.wx, {
    url: addressOf(shared.baseUrl, path, call),
    timeout: shared.timeoutMs,
    method: 'POST',
    data: call.body === undefined ? undefined : JSON.stringify(call.body),
    header: headersOf(shared, token, call),
    signal: createAborter().signal,
  });
}
