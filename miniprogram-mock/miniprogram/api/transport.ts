// One try over wx, as a promise: whatever status came is an answer; only what never got one is a failure.
import type { DownloadTask, Platform, RequestOptions, Task, UploadTask } from './platform';
import type { AbortSignal, Progress } from './types';

export type Lost = 'offline' | 'timeout' | 'aborted' | 'interrupted';

export class TransportFailure {
  constructor(readonly reason: Lost) {}
}

export interface RawAnswer {
  status: number;
  /** Names in lower case. */
  header: Record<string, string>;
  /** Empty for a download. */
  text: string;
  tempFilePath?: string;
}

interface Shipment {
  url: string;
  header: Record<string, string>;
  timeout: number;
  signal: AbortSignal;
  onProgress?(progress: Progress): void;
}

export function sendRequest(wx: Platform, shipment: Shipment & Pick<RequestOptions, 'method' | 'data'>): Promise<RawAnswer> {
  return ship(shipment.signal, (settle) => wx.request({
    ...common(shipment),
    method: shipment.method,
    ...(shipment.data !== undefined && { data: shipment.data }),
    dataType: 'text',
    success: ({ statusCode, header, data }) => settle.answer({ status: statusCode, header: lowerCased(header), text: typeof data === 'string' ? data : JSON.stringify(data) }),
    fail: settle.fail,
  }));
}

export function sendFile(wx: Platform, shipment: Shipment & { filePath: string; name: string; fileName?: string; formData: Record<string, string> }): Promise<RawAnswer> {
  let header: Record<string, string> = {};
  return ship(shipment.signal, (settle) => {
    const task: UploadTask = wx.uploadFile({
      ...common(shipment),
      filePath: shipment.filePath,
      name: shipment.name,
      ...(shipment.fileName !== undefined && { fileName: shipment.fileName }),
      formData: shipment.formData,
      success: (result) => settle.answer({ status: result.statusCode, header: { ...header, ...lowerCased(result.header) }, text: result.data }),
      fail: settle.fail,
    });
    // WeChat's answer to an upload has no headers of its own.
    task.onHeadersReceived?.((result) => header = lowerCased(result.header));
    task.onProgressUpdate?.((sent) => shipment.onProgress?.({ percent: sent.progress, sentBytes: sent.totalBytesSent, totalBytes: sent.totalBytesExpectedToSend }));
    return task;
  });
}

export function fetchFile(wx: Platform, shipment: Shipment): Promise<RawAnswer> {
  let header: Record<string, string> = {};
  return ship(shipment.signal, (settle) => {
    const task: DownloadTask = wx.downloadFile({
      ...common(shipment),
      success: (result) => settle.answer({ status: result.statusCode, header, text: '', tempFilePath: result.tempFilePath }),
      fail: settle.fail,
    });
    task.onHeadersReceived?.((result) => header = lowerCased(result.header));
    task.onProgressUpdate?.((got) => shipment.onProgress?.({ percent: got.progress, sentBytes: got.totalBytesWritten, totalBytes: got.totalBytesExpectedToWrite }));
    return task;
  });
}

function common({ url, header, timeout }: Shipment) {
  return { url, header, timeout };
}

interface Settle {
  answer(answer: RawAnswer): void;
  fail(error: { errMsg: string }): void;
}

function ship(signal: AbortSignal, start: (settle: Settle) => Task): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(new TransportFailure('aborted'));
      return;
    }

    let forget: () => void = () => undefined;
    const task = start({
      answer: (answer) => {
        forget();
        resolve(answer);
      },
      fail: ({ errMsg }) => {
        forget();
        reject(new TransportFailure(signal.aborted ? 'aborted' : reasonOf(errMsg)));
      },
    });
    forget = signal.onAbort(() => {
      task.abort();
      reject(new TransportFailure('aborted'));
    });
  });
}

function reasonOf(errMsg: string): Lost {
  if (/interrupted/i.test(errMsg)) {
    return 'interrupted';
  }

  return /timed? ?out/i.test(errMsg) ? 'timeout' : 'offline';
}

function lowerCased(header: object = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(header).map(([name, value]) => [name.toLowerCase(), String(value)]));
}
