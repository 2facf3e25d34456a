import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { startServer } from './server';

const run = promisify(execFile);

const typed = `
import { createClient, ApiError } from 'beian-miniapi-client';
import type { FilingView } from 'beian-miniapi-client/schema';
declare const wx: Parameters<typeof createClient>[0]['wx'];
const client = createClient({ baseUrl: '', wx, tokens: { read: () => null, write: () => undefined }, login: async () => 'code', language: () => 'en' });
export const filing = (filingId: string): Promise<FilingView> => client.get('/api/v1/filings/{filingId}', { path: { filingId } }).then(({ data }) => data);
export const kind = (error: unknown) => error instanceof ApiError ? error.kind : null;
// @ts-expect-error No such path.
client.get('/api/v1/filing');
`;

// Plain Node: no bundler, no typings, a wx of a few lines over fetch.
const program = (url: string) => `
const wx = {
  request({ url, method, data, header, success, fail }) {
    fetch(url, { method, body: data, headers: header }).then(async (answer) => success({
      data: await answer.text(), statusCode: answer.status, header: Object.fromEntries(answer.headers),
    }), () => fail({ errMsg: 'request:fail' }));
    return { abort() {} };
  },
};
let tokens = null;
const client = createClient({
  baseUrl: '${url}', wx, tokens: { read: () => tokens, write: (fresh) => { tokens = fresh; } }, login: async () => 'code', language: () => 'en', backoffMs: 1,
});
const { data } = await client.get('/api/v1/filings');
const error = await client.get('/api/v1/me').catch((caught) => caught);
console.log(JSON.stringify([data, error instanceof ApiError, error.kind]));
`;

test('pack_OfTheClient_WorksInPlainNode', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'client-pack-'));
  t.after(() => rm(folder, { recursive: true }));
  const server = await startServer((request) => request.url.endsWith('/auth/wechat')
    ? { body: { accessToken: 'access', expiresIn: 900, refreshToken: 'refresh', user: { id: 'lin', isNew: false, phone: null } } }
    : request.url.endsWith('/me') ? { status: 403 } : { body: { items: [] } });
  t.after(server.close);
  const installed = join(folder, 'node_modules/beian-miniapi-client');
  mkdirSync(installed, { recursive: true });

  execFileSync(process.execPath, ['tools/client-pack.mjs', join(folder, 'dist')]);
  execFileSync('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder, join(folder, 'dist')]);
  execFileSync('tar', ['-xzf', join(folder, 'beian-miniapi-client-0.1.0.tgz'), '--strip-components=1', '-C', installed]);

  writeFileSync(join(folder, 'esm.mjs'), `import { createClient, ApiError } from 'beian-miniapi-client';${program(server.url)}`);
  writeFileSync(join(folder, 'cjs.cjs'), `const { createClient, ApiError } = require('beian-miniapi-client');(async () => {${program(server.url)}})();`);
  for (const file of ['esm.mjs', 'cjs.cjs']) {
    const { stdout } = await run(process.execPath, [join(folder, file)]);
    assert.deepEqual(JSON.parse(stdout), [{ items: [] }, true, 'forbidden'], file);
  }

  writeFileSync(join(folder, 'typed.ts'), typed);
  const options = ['--noEmit', '--strict', '--target', 'ES2020', '--lib', 'ES2020', '--module', 'Node16', '--moduleResolution', 'Node16'];
  execFileSync(process.execPath, [resolve('node_modules/typescript/bin/tsc'), ...options, 'typed.ts'], { cwd: folder, stdio: 'inherit' });
  assert.deepEqual(Object.keys(JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'))).filter((name) => /ependencies$/.test(name)), []);
});
