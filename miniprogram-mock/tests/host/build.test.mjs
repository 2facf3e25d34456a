import assert from 'node:assert/strict';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build } from '../../host/build.mjs';

const fixture = fileURLToPath(new URL('fixture', import.meta.url));

/** The fixture with one file changed is built; answers the message of the failure. */
async function failure(file, text) {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'host-build-'));
  await cp(fixture, path.join(folder, 'in'), { recursive: true });
  await writeFile(path.join(folder, 'in', file), text);
  const message = await build({ root: path.join(folder, 'in'), out: path.join(folder, 'out') }).then(
    () => 'built',
    (error) => error.message,
  );
  await rm(folder, { recursive: true });
  return message;
}

test('what is wrong is named with its place', async () => {
  assert.match(await failure('pages/second/index.wxml', '<view>\n  {{ a. }}</view>'), /^pages\/second\/index\.wxml:2:9 Fatal: not a valid identifier/);
  assert.match(await failure('pages/second/index.wxml', '<view/>\n <swiper/>'), /index\.wxml:2:2 Fatal: <swiper> is neither/);
  assert.match(await failure('pages/second/index.ts', 'const a = ;'), /^pages\/second\/index\.ts:1:10 Unexpected/);
  assert.match(await failure('pages/second/index.ts', "import '../nowhere';"), /cannot find \.\.\/nowhere/);
  assert.match(await failure('pages/second/index.wxss', '.a { color: red;'), /^pages\/second\/index\.wxss:1:1 Unclosed block/);
  assert.match(await failure('pages/second/index.json', '{,}'), /index\.json: .*JSON/);
  assert.match(await failure('app.json', '{ "pages": ["pages/first/index", "pages/third/index"] }'), /pages\/third\/index\.wxml is missing/);
});

test('a package over the limit is refused', async () => {
  const large = `App({ text: '${'x'.repeat(2 * 1024 * 1024)}' });`;
  assert.match(await failure('app.ts', large), /over WeChat's 2097152/);
});
