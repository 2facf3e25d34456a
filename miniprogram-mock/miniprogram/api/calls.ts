// The kinds of calls, with the types rubbed off: client.ts puts them on.
import { addressOf, formOf, headerOf, isOnce, type LooseOptions, newKey, tagOf } from './message';
import { type Outcome, perform, type Plan, startCall } from './pipeline';
import type { Session } from './session';
import type { Shared } from './settings';
import { fetchFile, sendFile, sendRequest } from './transport';
import type { Answer, Call, CallOptions, Progress, VersionTag } from './types';

export interface AnyOptions extends LooseOptions, CallOptions {
  body?: unknown;
  idempotencyKey?: string;
  ifMatch?: VersionTag;
  ifNoneMatch?: string;
  onProgress?(progress: Progress): void;
}

export interface AnyUpload extends AnyOptions {
  filePath: string;
  name?: string;
  fileName?: string;
  fields?: object;
}

export function request(shared: Shared, session: Session, method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, call: AnyOptions = {}): Call<Answer<never>> {
  const key = method === 'POST' && !isOnce(path) ? call.idempotencyKey ?? newKey(shared.patience.random) : undefined;
  const data = call.body === undefined ? undefined : JSON.stringify(call.body);
  return startCall(shared, call.signal, async (signal) => answerOf(await perform(shared, session, {
    path,
    queue: shared.requests,
    totalMs: shared.patience.totalMs,
    signal,
    send: (token) => sendRequest(shared.wx, {
      url: addressOf(shared.baseUrl, path, call), timeout: call.timeoutMs ?? shared.timeoutMs, method, data, header: headersOf(shared, token, call, key), signal,
    }),
  })));
}

export function upload(shared: Shared, session: Session, path: string, call: AnyUpload): Call<Answer<never>> {
  const { filePath, name = 'file', fileName, onProgress } = call;
  const key = call.idempotencyKey ?? newKey(shared.patience.random);
  return startCall(shared, call.signal, async (signal) => answerOf(await perform(shared, session, {
    ...filePlan(shared, path, signal),
    queue: shared.uploads,
    send: (token) => sendFile(shared.wx, {
      ...fileShipment(shared, path, call), filePath, name, fileName, formData: formOf(call.fields), header: headersOf(shared, token, call, key), signal, onProgress,
    }),
  })));
}

export function download(shared: Shared, session: Session, path: string, call: AnyOptions): Call<{ tempFilePath: string; status: number }> {
  return startCall(shared, call.signal, async (signal) => {
    const { answer } = await perform(shared, session, {
      ...filePlan(shared, path, signal),
      queue: shared.downloads,
      send: (token) => fetchFile(shared.wx, { ...fileShipment(shared, path, call), header: headersOf(shared, token, call), signal, onProgress: call.onProgress }),
    });
    return { tempFilePath: answer.tempFilePath ?? '', status: answer.status };
  });
}

export function headersOf(shared: Shared, token: string | null, call: AnyOptions, key?: string): Record<string, string> {
  return headerOf({
    'Accept-Language': shared.language(),
    Authorization: token && `Bearer ${token}`,
    'Content-Type': call.body === undefined ? null : 'application/json',
    'Idempotency-Key': key,
    'If-Match': tagOf(call.ifMatch),
    'If-None-Match': call.ifNoneMatch,
  });
}

/** A file takes longer than other calls: one slow try must leave time for the next. */
function filePlan(shared: Shared, path: string, signal: Plan['signal']): Pick<Plan, 'path' | 'totalMs' | 'signal'> {
  return { path, totalMs: Math.max(shared.patience.totalMs, shared.fileTimeoutMs), signal };
}

function fileShipment(shared: Shared, path: string, call: AnyOptions) {
  return { url: addressOf(shared.baseUrl, path, call), timeout: call.timeoutMs ?? shared.fileTimeoutMs };
}

function answerOf({ answer, data }: Outcome): Answer<never> {
  return { data: data as never, status: answer.status, etag: answer.header.etag ?? null, replayed: answer.header['idempotency-replayed'] === 'true' };
}
