// A small `wx` over fetch, for tests without a browser: success for every status, fail with WeChat's words, abort, background cut.
import { readFile } from 'node:fs/promises';
import type { DownloadFileOptions, Platform, RequestOptions, Task, UploadFileOptions, UploadTask } from '../../miniprogram/api/platform';

type Name = 'request' | 'uploadFile' | 'downloadFile';

export interface FakeWx extends Platform {
  /** How many calls of the kind were under way together, at most. */
  most: Record<Name, number>;
  /** The network is gone: calls fail at once. */
  offline: boolean;
  /** WeChat cuts what is under way. */
  goToBackground(): void;
  show(): void;
}

export function createFakeWx(): FakeWx {
  const most: Record<Name, number> = { request: 0, uploadFile: 0, downloadFile: 0 };
  const cuts = new Set<() => void>();
  const listeners: (() => void)[] = [];
  const running: Record<Name, number> = { request: 0, uploadFile: 0, downloadFile: 0 };
  const fake = { offline: false };

  function start(name: Name, timeout: number, fail: (error: { errMsg: string }) => void, work: (signal: AbortSignal) => Promise<() => void>): Task {
    const controller = new AbortController();
    let reason = 'fail';
    const stop = (why: string) => {
      reason = why;
      controller.abort();
    };
    const cut = () => stop('fail interrupted');
    cuts.add(cut);
    running[name] += 1;
    most[name] = Math.max(most[name], running[name]);
    const timer = setTimeout(() => stop('fail timeout'), timeout);
    const done = () => {
      clearTimeout(timer);
      cuts.delete(cut);
      running[name] -= 1;
    };
    (fake.offline ? Promise.reject(new Error('offline')) : work(controller.signal)).then((tell) => {
      done();
      tell();
    }, () => {
      done();
      fail({ errMsg: `${name}:${reason}` });
    });
    return { abort: () => stop('fail abort') };
  }

  return Object.assign(fake, {
    most,
    goToBackground: () => [...cuts].forEach((cut) => cut()),
    show: () => listeners.forEach((listener) => listener()),
    onAppShow: (listener: () => void) => void listeners.push(listener),
    request: (options: RequestOptions) => start('request', options.timeout, options.fail, async (signal) => {
      const answer = await fetch(options.url, { method: options.method, headers: options.header, body: options.data, signal });
      const data = await answer.text();
      return () => options.success({ data, statusCode: answer.status, header: Object.fromEntries(answer.headers) });
    }),
    uploadFile: (options: UploadFileOptions): UploadTask => {
      const heard: ((result: { header: object }) => void)[] = [];
      const progress: ((result: { progress: number; totalBytesSent: number; totalBytesExpectedToSend: number }) => void)[] = [];
      const task = start('uploadFile', options.timeout, options.fail, async (signal) => {
        const form = new FormData();
        Object.entries(options.formData).forEach(([name, value]) => form.append(name, value));
        const bytes = await readFile(options.filePath);
        form.append(options.name, new Blob([bytes]), options.fileName ?? 'file');
        const answer = await fetch(options.url, { method: 'POST', headers: options.header, body: form, signal });
        heard.forEach((listener) => listener({ header: Object.fromEntries(answer.headers) }));
        progress.forEach((listener) => listener({ progress: 100, totalBytesSent: bytes.length, totalBytesExpectedToSend: bytes.length }));
        const data = await answer.text();
        return () => options.success({ data, statusCode: answer.status });
      });
      return { ...task, onHeadersReceived: (listener) => void heard.push(listener), onProgressUpdate: (listener) => void progress.push(listener) };
    },
    downloadFile: (options: DownloadFileOptions) => start('downloadFile', options.timeout, options.fail, async (signal) => {
      const answer = await fetch(options.url, { headers: options.header, signal });
      await answer.arrayBuffer();
      return () => options.success({ tempFilePath: 'wxfile://tmp_1', statusCode: answer.status });
    }),
  });
}
