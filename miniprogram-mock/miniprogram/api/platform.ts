// The part of `wx` that the client uses, in its own words, so that the package needs no typings of WeChat. The real `wx` fits.

export interface Task {
  abort(): void;
  onHeadersReceived?(listener: (result: { header: object }) => void): void;
}

export interface UploadTask extends Task {
  onProgressUpdate?(listener: (result: { progress: number; totalBytesSent: number; totalBytesExpectedToSend: number }) => void): void;
}

export interface DownloadTask extends Task {
  onProgressUpdate?(listener: (result: { progress: number; totalBytesWritten: number; totalBytesExpectedToWrite: number }) => void): void;
}

interface Failure {
  errMsg: string;
}

export interface RequestOptions {
  url: string;
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  data?: string;
  header: Record<string, string>;
  timeout: number;
  /** Not JSON: the body is parsed here, whatever its type says. */
  dataType: 'text';
  success(result: { data: string | object | ArrayBuffer; statusCode: number; header: object }): void;
  fail(error: Failure): void;
}

export interface UploadFileOptions {
  url: string;
  filePath: string;
  name: string;
  fileName?: string;
  formData: Record<string, string>;
  header: Record<string, string>;
  timeout: number;
  success(result: { data: string; statusCode: number; header?: object }): void;
  fail(error: Failure): void;
}

export interface DownloadFileOptions {
  url: string;
  header: Record<string, string>;
  timeout: number;
  success(result: { tempFilePath: string; statusCode: number }): void;
  fail(error: Failure): void;
}

export interface Platform {
  request(options: RequestOptions): Task;
  uploadFile(options: UploadFileOptions): UploadTask;
  downloadFile(options: DownloadFileOptions): DownloadTask;
  onAppShow?(listener: () => void): void;
}
