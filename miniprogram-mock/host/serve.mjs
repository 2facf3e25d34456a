// Builds the mini program, serves it, and passes the API's addresses on: npm start [-- --port 5173 --api http://localhost:5080]
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import http from 'node:http';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { defaultOut, defaultRoot, report, watchAndBuild } from './build.mjs';

const passedOn = /^\/(api|wechat|sandbox|health|swagger|face|tencent)(\/|$|-|\?)/;
const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.svg': 'image/svg+xml',
  '.webp': 'image/webp',
};
const unreachableHeader = 'x-host-unreachable';

/** @returns {Promise<{ url: string, server: http.Server, close: () => Promise<void> }>} */
export async function serve({ out = defaultOut, api = 'http://localhost:5080', port = 5173, address = '127.0.0.1' } = {}) {
  const target = new URL(api);
  const agent = new http.Agent({ keepAlive: true });
  const server = http.createServer((request, response) => {
    if (request.url === '/host-config.js') {
      response.writeHead(200, { 'content-type': types['.js'], 'cache-control': 'no-store' });
      response.end(`window.__hostConfig = ${JSON.stringify({ api: target.origin })};\n`);
    } else if (passedOn.test(request.url)) {
      passOn(request, response, target, agent);
    } else {
      sendFile(request, response, out);
    }
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, address, resolve);
  });
  const close = () =>
    new Promise((resolve) => {
      agent.destroy();
      server.closeAllConnections();
      server.close(resolve);
    });
  return { url: `http://localhost:${server.address().port}`, server, close };
}

/** Bodies are streamed both ways. An API that does not answer is told apart from one that answers 502. */
function passOn(request, response, target, agent) {
  const upstream = http.request(
    {
      host: target.hostname,
      port: target.port || 80,
      method: request.method,
      path: request.url,
      agent,
      headers: { ...request.headers, host: target.host },
    },
    (answer) => {
      response.writeHead(answer.statusCode, asSeenFromHere(answer.headers, target));
      answer.pipe(response);
      answer.on('error', () => response.destroy());
    },
  );
  upstream.on('error', () => {
    if (response.headersSent) {
      response.destroy();
      return;
    }

    response.writeHead(502, { 'content-type': 'text/plain; charset=utf-8', [unreachableHeader]: '1' });
    response.end(`The API at ${target.origin} does not answer.\n`);
  });
  response.on('close', () => upstream.destroy());
  request.pipe(upstream);
}

/** WeChat shows a page on its own where a browser needs a frame; and what the API says of its own address is here. */
function asSeenFromHere(headers, target) {
  const seen = { ...headers };
  delete seen['x-frame-options'];
  if (seen['content-security-policy']) {
    seen['content-security-policy'] = String(seen['content-security-policy']).replace("frame-ancestors 'none'", "frame-ancestors 'self'");
  }

  if (seen.location?.startsWith(`${target.origin}/`)) {
    seen.location = seen.location.slice(target.origin.length);
  }

  return seen;
}

async function sendFile(request, response, out) {
  const wanted = decodeURIComponent(new URL(request.url, 'http://x').pathname);
  const file = path.join(out, wanted === '/' ? 'index.html' : path.normalize(wanted));
  const found = file.startsWith(out) ? await stat(file).catch(() => null) : null;
  if (!found?.isFile()) {
    response.writeHead(404, { 'content-type': 'text/plain' });
    response.end('Not found\n');
    return;
  }

  response.writeHead(200, {
    'content-type': types[path.extname(file)] ?? 'application/octet-stream',
    'content-length': found.size,
    'cache-control': 'no-store',
  });
  createReadStream(file).pipe(response);
}

async function run() {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '5173' },
      api: { type: 'string', default: 'http://localhost:5080' },
      root: { type: 'string' },
      out: { type: 'string' },
      'no-watch': { type: 'boolean' },
      partial: { type: 'boolean' },
    },
  });
  const options = { partial: values.partial, root: path.resolve(values.root ?? defaultRoot), out: path.resolve(values.out ?? defaultOut) };
  if (!(await report(options)) && values['no-watch']) {
    process.exitCode = 1;
    return;
  }

  const { url } = await serve({ out: options.out, api: values.api, port: Number(values.port) });
  if (!values['no-watch']) {
    watchAndBuild(options);
  }

  console.log(`${url}  (API: ${values.api})`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await run().catch((error) => {
    console.error(error.code === 'EADDRINUSE' ? `Port ${error.port} is taken: choose another with --port, or 0 for a free one.` : error);
    process.exit(1);
  });
}
