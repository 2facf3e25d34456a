import type { ProblemField, ProblemView } from './schema';

export type Language = 'zh-CN' | 'en';

export type ErrorKind =
  | 'offline' | 'timeout' | 'aborted' | 'unauthorized' | 'forbidden' | 'notFound' | 'conflict' | 'versionConflict'
  | 'tooLarge' | 'invalid' | 'rateLimited' | 'unavailable' | 'server';

/** Every way in which a call can fail, in the server's words where it had any. */
export class ApiError extends Error {
  readonly name = 'ApiError';
  /** Of the answer; 0 when there was none. */
  readonly status: number;
  /** The server's stable code, or `client.` and the kind. */
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly remedy: string | null;
  readonly errors: readonly ProblemField[];
  readonly allowedActions: readonly string[];
  /** The version stored now, when a write was stale. */
  readonly currentVersion: number | null;
  /** The version under which the values were stored although the call was refused. */
  readonly version: number | null;
  readonly retryAfterSeconds: number | null;
  readonly traceId: string | null;
  /** The body as it came. */
  readonly data: unknown;

  constructor(readonly kind: ErrorKind, language: Language, answer: { status: number; data?: unknown; retryAfterSeconds?: number | null } = { status: 0 }) {
    const problem = problemIn(answer.data);
    const words = language === 'en' ? english : chinese;
    const [title, remedy] = words[kind];
    super(`${problem.code ?? `client.${kind}`} (${answer.status})`);
    this.status = answer.status;
    this.code = problem.code ?? `client.${kind}`;
    this.title = problem.title ?? title;
    this.detail = problem.detail ?? title;
    this.remedy = problem.remedy ?? (problem.code ? null : remedy);
    this.errors = problem.errors ?? [];
    this.allowedActions = problem.allowedActions ?? [];
    this.currentVersion = problem.currentVersion ?? null;
    this.version = problem.version ?? null;
    this.retryAfterSeconds = answer.retryAfterSeconds ?? null;
    this.traceId = problem.traceId ?? null;
    this.data = answer.data;
  }
}

export function kindOf(status: number): ErrorKind {
  const known: Record<number, ErrorKind> = {
    401: 'unauthorized', 403: 'forbidden', 404: 'notFound', 409: 'conflict', 412: 'versionConflict', 413: 'tooLarge', 429: 'rateLimited',
    502: 'unavailable', 503: 'unavailable', 504: 'unavailable',
  };
  return known[status] ?? (status >= 500 ? 'server' : 'invalid');
}

function problemIn(data: unknown): Partial<ProblemView> {
  return typeof data === 'object' && data !== null && typeof (data as ProblemView).code === 'string' ? data as ProblemView : {};
}

// Title and remedy for where the server did not speak.
const chinese: Record<ErrorKind, [string, string]> = {
  offline: ['网络连接不上', '请检查网络后重试，已填写的内容不会丢失。'],
  timeout: ['网络太慢，没有等到回答', '请稍后重试，已填写的内容不会丢失。'],
  aborted: ['已取消', '需要时请重新操作。'],
  unauthorized: ['登录已失效', '请重新登录。'],
  forbidden: ['没有权限', '请确认登录的账号。'],
  notFound: ['没有找到', '它可能已被删除，请返回后重试。'],
  conflict: ['现在不能这样操作', '请刷新后重试。'],
  versionConflict: ['内容已在别处被修改', '请刷新后重试。'],
  tooLarge: ['文件或内容太大', '请缩小后重试。'],
  invalid: ['内容没有被接受', '请检查后重试。'],
  rateLimited: ['操作太频繁', '请稍后重试。'],
  unavailable: ['服务暂时不可用', '请稍后重试，已填写的内容不会丢失。'],
  server: ['服务出了问题', '请稍后重试；一直不行请联系客服。'],
};

const english: Record<ErrorKind, [string, string]> = {
  offline: ['No connection', 'Check the network and try again; nothing you typed is lost.'],
  timeout: ['The network is too slow', 'Try again later; nothing you typed is lost.'],
  aborted: ['Cancelled', 'Start again when you need to.'],
  unauthorized: ['You are signed out', 'Sign in again.'],
  forbidden: ['Not allowed', 'Check which account you are signed in with.'],
  notFound: ['Not found', 'It may have been deleted; go back and try again.'],
  conflict: ['Not possible now', 'Refresh and try again.'],
  versionConflict: ['Changed elsewhere', 'Refresh and try again.'],
  tooLarge: ['Too large', 'Make it smaller and try again.'],
  invalid: ['Not accepted', 'Check what you entered and try again.'],
  rateLimited: ['Too many tries', 'Try again later.'],
  unavailable: ['The service is not available', 'Try again later; nothing you typed is lost.'],
  server: ['Something went wrong at the service', 'Try again later; contact support if it stays.'],
};
