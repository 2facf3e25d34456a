// request, uploadFile and downloadFile over XMLHttpRequest; every HTTP status is a success, only the way there can fail.
import { keepFile, readKept } from '../temp-files.mjs';
import { asyncCall, CallFailure, failureOf, injected, listenerPair, settle } from './call.mjs';

const defaultTimeoutMilliseconds = 60000;
/** Set by the host's server when the API does not answer at all. */
export const unreachableHeader = 'x-host-unreachable';

export function networkCalls({ mock }) {
  const task = (name, run) => (options) => startTask(mock, name, options, run);
  return {
    request: task('request', sendRequest),
    uploadFile: task('uploadFile', sendUpload),
    downloadFile: task('downloadFile', sendDownload),
    getNetworkType: asyncCall(mock, 'getNetworkType', () => ({ networkType: mock.networkType, hasSystemProxy: false })),
    ...listenerPair(mock, 'NetworkStatusChange', mock.networkListeners),
    ...listenerPair(mock, 'NetworkWeakChange', new Set()),
  };
}

function startTask(mock, name, options, run) {
  // The log holds where a call went, never what a person typed.
  mock.log(name, { method: options.method ?? 'GET', url: options.url });
  const progress = new Set();
  const headers = new Set();
  const xhr = new XMLHttpRequest();
  const state = { xhr, progress, headers, reason: null };
  const abort = (reason) => {
    state.reason ??= reason;
    xhr.abort();
    state.stop?.();
  };
  const onNetwork = ({ networkType }) => networkType === 'none' && abort('');
  mock.networkListeners.add(onNetwork);
  const finish = (ok, result) => {
    mock.networkListeners.delete(onNetwork);
    setTimeout(() => settle(options, ok, result));
  };

  runTask(mock, name, options, state, run).then(
    (result) => finish(true, { errMsg: `${name}:ok`, ...result }),
    (error) => finish(false, failureOf(name, error)),
  );
  return {
    abort: () => abort('abort'),
    onProgressUpdate: (listener) => progress.add(listener),
    offProgressUpdate: (listener) => progress.delete(listener),
    onHeadersReceived: (listener) => headers.add(listener),
    offHeadersReceived: (listener) => headers.delete(listener),
  };
}

async function runTask(mock, name, options, state, run) {
  // The caller first gets its task, and may abort it.
  await null;
  const failure = injected(mock, name);
  if (failure) {
    throw failure;
  }

  if (mock.networkType === 'none') {
    throw new CallFailure('', { errno: 600001 });
  }

  return run(mock, options, state);
}

function transfer(mock, state, { method, url, header = {}, body, timeout = defaultTimeoutMilliseconds, responseType = '', skipContentType = false }) {
  const { xhr } = state;
  return new Promise((resolve, reject) => {
    const fail = (reason, extra) => reject(new CallFailure(reason, extra));
    state.stop = () => fail(state.reason ?? '');
    if (state.reason !== null) {
      fail(state.reason);
      return;
    }

    xhr.open(method, mapOrigin(mock, url));
    xhr.timeout = timeout;
    xhr.responseType = responseType;
    // A mini program has no cookie jar.
    xhr.withCredentials = false;
    for (const [name, value] of Object.entries(header)) {
      if (!/^(referer|user-agent|cookie|host)$/i.test(name) && !(skipContentType && /^content-type$/i.test(name))) {
        xhr.setRequestHeader(name, String(value));
      }
    }

    xhr.onload = () => (xhr.getResponseHeader(unreachableHeader) ? fail('', { errno: 600003 }) : resolve(xhr));
    xhr.onerror = () => fail(state.reason ?? '', { errno: 600001 });
    xhr.ontimeout = () => fail('timeout', { errno: 5 });
    xhr.onreadystatechange = () =>
      xhr.readyState === XMLHttpRequest.HEADERS_RECEIVED &&
      state.headers.forEach((listener) => listener({ header: headersOf(xhr), statusCode: xhr.status, cookies: [] }));
    xhr.send(body);
  });
}

async function sendRequest(mock, options, state) {
  const { data, dataType = 'json', responseType = 'text' } = options;
  const method = (options.method ?? 'GET').toUpperCase();
  const header = { ...options.header };
  const given = Object.entries(header).find(([name]) => name.toLowerCase() === 'content-type')?.[1];
  const carriesBody = !['GET', 'HEAD'].includes(method) && data !== undefined && data !== null;
  if (carriesBody && !given) {
    header['content-type'] = 'application/json';
  }

  const xhr = await transfer(mock, state, {
    method,
    header,
    timeout: options.timeout,
    responseType: responseType === 'arraybuffer' ? 'arraybuffer' : '',
    url: !carriesBody && data && typeof data === 'object' ? withQuery(options.url, data) : options.url,
    body: carriesBody ? encode(data, given ?? header['content-type']) : undefined,
  });
  return { data: decode(xhr, dataType, responseType), statusCode: xhr.status, header: headersOf(xhr), cookies: [] };
}

async function sendUpload(mock, options, state) {
  const file = readKept(options.filePath);
  if (!file) {
    throw new CallFailure('file not found');
  }

  const form = new FormData();
  Object.entries(options.formData ?? {}).forEach(([name, value]) => form.append(name, String(value)));
  form.append(options.name, file, options.fileName ?? file.name);
  state.xhr.upload.onprogress = ({ loaded, total }) =>
    state.progress.forEach((listener) =>
      listener({
        progress: Math.round((loaded / total) * 100),
        totalBytesSent: loaded,
        totalBytesExpectedToSend: total,
      }),
    );
  const xhr = await transfer(mock, state, {
    method: 'POST',
    url: options.url,
    header: options.header,
    body: form,
    timeout: options.timeout,
    skipContentType: true,
  });
  return { data: xhr.responseText, statusCode: xhr.status, header: headersOf(xhr) };
}

async function sendDownload(mock, options, state) {
  state.xhr.onprogress = ({ loaded, total }) =>
    state.progress.forEach((listener) =>
      listener({
        progress: total ? Math.round((loaded / total) * 100) : 0,
        totalBytesWritten: loaded,
        totalBytesExpectedToWrite: total,
      }),
    );
  const xhr = await transfer(mock, state, { method: 'GET', url: options.url, header: options.header, timeout: options.timeout, responseType: 'blob' });
  const path = keepFile(new File([xhr.response], fileName(options, xhr), { type: xhr.response.type }), options.filePath);
  return {
    statusCode: xhr.status,
    header: headersOf(xhr),
    dataLength: xhr.response.size,
    ...(options.filePath ? { filePath: path } : { tempFilePath: path }),
  };
}

const fileName = ({ url }, xhr) => {
  const last = new URL(url).pathname.split('/').at(-1);
  return last.includes('.') ? last : `${last}.${(xhr.response.type.split('/')[1] ?? 'bin').replace('jpeg', 'jpg').split(/[+;]/)[0]}`;
};

/** The addresses of production stay in the source: the host answers for them, so there is no question of origins. */
export function mapOrigin(mock, url) {
  const { origin } = new URL(url);
  const target = mock.origins[origin];
  if (target === undefined && origin !== location.origin) {
    throw new CallFailure('url not in domain list', { errno: 600002 });
  }

  return (target ?? origin) + url.slice(origin.length);
}

function withQuery(url, data) {
  const query = new URLSearchParams(Object.entries(data).map(([name, value]) => [name, typeof value === 'object' ? JSON.stringify(value) : String(value)]));
  return [...query].length > 0 ? `${url}${url.includes('?') ? '&' : '?'}${query}` : url;
}

function encode(data, contentType) {
  if (typeof data === 'string' || data instanceof ArrayBuffer) {
    return data;
  }

  return contentType?.includes('x-www-form-urlencoded') ? new URLSearchParams(data).toString() : JSON.stringify(data);
}

function decode(xhr, dataType, responseType) {
  if (responseType === 'arraybuffer') {
    return xhr.response;
  }

  if (dataType !== 'json') {
    return xhr.responseText;
  }

  try {
    return JSON.parse(xhr.responseText);
  } catch {
    // As WeChat does: what is no JSON comes as the text it is.
    return xhr.responseText;
  }
}

function headersOf(xhr) {
  return Object.fromEntries(
    xhr
      .getAllResponseHeaders()
      .trim()
      .split(/\r?\n/)
      .filter(Boolean)
      .map((line) => {
        const at = line.indexOf(':');
        return [line.slice(0, at).replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase()), line.slice(at + 1).trim()];
      }),
  );
}
