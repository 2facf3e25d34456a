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

export const answer = (statusCode: number, body: unknown) => (request: Request): void =>
  request.success({ data: JSON.stringify(body), statusCode, header: {} });
export const lost = (request: Request): void => request.fail({ errMsg: 'request:fail' });

export interface FileUpload {
  readonly url: string;
  readonly filePath: string;
  readonly formData: Record<string, string>;
  readonly header: Record<string, string>;
  aborted: boolean;
  answer(statusCode: number, body: unknown): void;
  lose(): void;
}

/** Uploads under way: a test answers or loses them. */
export const fileUploads: FileUpload[] = [];
/** The files on the phone. */
export const files = new Set<string>();
type NetworkListener = (state: { isConnected: boolean }) => void;
const networkListeners = new Set<NetworkListener>();

export const networkBack = (): void => [...networkListeners].forEach((listener) => listener({ isConnected: true }));

export function forget(): void {
  fileUploads.length = 0;
  files.clear();
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
    onNetworkStatusChange: (listener: NetworkListener) => void networkListeners.add(listener),
    offNetworkStatusChange: (listener: NetworkListener) => void networkListeners.delete(listener),
    getFileSystemManager: () => ({
      saveFile: ({ tempFilePath, success }: { tempFilePath: string; success(saved: { savedFilePath: string }): void }) => {
        files.add(`saved/${tempFilePath}`);
        success({ savedFilePath: `saved/${tempFilePath}` });
      },
      getFileInfo: ({ filePath, success, fail }: { filePath: string; success(): void; fail(): void }) => (files.has(filePath) ? success() : fail()),
      unlink: ({ filePath }: { filePath: string }) => void files.delete(filePath),
    }),
    uploadFile: (options: Pick<FileUpload, 'url' | 'filePath' | 'formData' | 'header'> & { success(result: object): void; fail(error: object): void }) => {
      const upload: FileUpload = {
        ...options,
        aborted: false,
        answer: (statusCode, body) => options.success({ statusCode, data: JSON.stringify(body), header: {} }),
        lose: () => options.fail({ errMsg: 'uploadFile:fail' }),
      };
      fileUploads.push(upload);
      const abort = (): void => {
        upload.aborted = true;
        options.fail({ errMsg: 'uploadFile:fail abort' });
      };
      return { abort, onProgressUpdate: () => {}, onHeadersReceived: () => {} };
    },
    request: (request: Request) => {
      requests.push(request);
      const next = answers.length > 1 ? answers.shift()! : answers[0]!;
      setTimeout(() => next(request), 0);
      return { abort: () => {}, onHeadersReceived: () => {} };
    },
  },
});
