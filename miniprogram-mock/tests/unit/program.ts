// The `wx` that the program's own modules find when they are loaded: storage, and requests that a test answers. Import it before them.
type Storage = Map<string, unknown>;

export interface Request {
  readonly url: string;
  readonly method: string;
  readonly header: Record<string, string>;
  readonly data?: string;
  success(result: { data: string; statusCode: number; header: object }): void;
  fail(error: { errMsg: string }): void;
}

export const storage: Storage = new Map();
export const requests: Request[] = [];

/** What answers the next requests; the last one goes on answering. */
export const answers: ((request: Request) => void)[] = [];

export const answer = (statusCode: number, body: unknown) => (request: Request): void => request.success({ data: JSON.stringify(body), statusCode, header: {} });
export const lost = (request: Request): void => request.fail({ errMsg: 'request:fail' });

export function forget(): void {
  storage.clear();
  requests.length = 0;
  answers.length = 0;
  storage.set('tokens', { accessToken: 'access', refreshToken: 'refresh', expiresAt: Date.now() + 600_000 });
}

Object.assign(globalThis, {
  wx: {
    getStorageSync: (key: string) => storage.get(key) ?? '',
    setStorageSync: (key: string, value: unknown) => void storage.set(key, value),
    removeStorageSync: (key: string) => void storage.delete(key),
    getAppBaseInfo: () => ({ language: 'zh_CN' }),
    getAccountInfoSync: () => ({ miniProgram: { envVersion: 'develop' } }),
    onAppShow: () => {},
    onNetworkStatusChange: () => {},
    request: (request: Request) => {
      requests.push(request);
      const next = answers.length > 1 ? answers.shift()! : answers[0]!;
      setTimeout(() => next(request), 0);
      return { abort: () => {}, onHeadersReceived: () => {} };
    },
  },
});
