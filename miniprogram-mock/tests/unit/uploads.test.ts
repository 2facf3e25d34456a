import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { files, fileUploads, forget, networkBack, storage } from './program';
import { addUpload, dropUpload, dropUploads, hasUploads, onUploads, resumeUploads, uploadsOf } from '../../miniprogram/services/uploads';
import type { Material } from '../../miniprogram/services/types';

const add = (path: string, more: object = {}) => addUpload({ filingId: 'f', kind: 'idCard', part: 'front', siteId: null, signedOn: null, path, ...more });
const states = () => uploadsOf('f').map(({ state }) => state);

/** Waits until something is so; the client pauses before it tries again. */
async function until(so: () => boolean): Promise<void> {
  for (let turn = 0; turn < 800 && !so(); turn++) {
    await wait(10);
  }
  assert.ok(so());
}

beforeEach(() => {
  forget();
  dropUploads();
});

test('three go at once, in the order in which they were chosen', async () => {
  for (const path of ['a', 'b', 'c', 'd']) {
    await add(path);
  }
  await until(() => fileUploads.length === 3);
  await wait(20);
  assert.deepEqual(states(), ['sending', 'sending', 'sending', 'waiting']);
  fileUploads[0]!.answer(201, { id: 'm' });
  await until(() => fileUploads.length === 4);
  assert.equal(fileUploads[3]!.filePath, 'saved/d');
});

test('a file stays on the phone until the server has it', async () => {
  const arrived: string[] = [];
  const stop = onUploads({ changed: () => {}, arrived: (material: Material) => arrived.push(material.id) });
  await add('a', { siteId: 's', signedOn: '2026-11-27' });
  await until(() => fileUploads.length === 1);
  assert.deepEqual(fileUploads[0]!.formData, { kind: 'idCard', part: 'front', siteId: 's', signedOn: '2026-11-27' });
  assert.equal((storage.get('uploads') as unknown[]).length, 1);
  assert.ok(files.has('saved/a'));
  fileUploads[0]!.answer(201, { id: 'm' });
  await until(() => arrived.length === 1);
  stop();
  assert.deepEqual([arrived, files.size, hasUploads(), storage.get('uploads')], [['m'], 0, false, []]);
});

test('what the network lost goes on by itself with the same key, what was refused only when asked for', async () => {
  await add('a');
  for (let tried = 0; tried < 3; tried++) {
    await until(() => fileUploads.length === tried + 1);
    fileUploads[tried]!.lose();
  }
  await until(() => states()[0] === 'offline');
  networkBack();
  await until(() => fileUploads.length === 4);
  assert.equal(fileUploads[3]!.header['Idempotency-Key'], fileUploads[0]!.header['Idempotency-Key']);
  fileUploads[3]!.answer(415, { code: 'material.typeNotAllowed', title: 'no', status: 415, detail: 'not this' });
  await until(() => states()[0] === 'refused');
  assert.equal(uploadsOf('f')[0]!.trouble?.title, 'no');
  networkBack();
  assert.deepEqual(states(), ['refused']);
  resumeUploads(uploadsOf('f')[0]!.id);
  await until(() => fileUploads.length === 5);
});

test('what stopped while the network was there is sent again after a while, without anybody asking', async () => {
  await add('a');
  for (let tried = 0; tried < 3; tried++) {
    await until(() => fileUploads.length === tried + 1);
    fileUploads[tried]!.lose();
  }
  await until(() => states()[0] === 'offline');
  await until(() => fileUploads.length === 4);
  assert.deepEqual(states(), ['sending']);
});

test('a file that is gone is said to be, one that was let go is sent no more', async () => {
  await add('a');
  await until(() => fileUploads.length === 1);
  dropUpload(uploadsOf('f')[0]!.id);
  assert.deepEqual([fileUploads[0]!.aborted, files.size, hasUploads()], [true, 0, false]);
  await add('b');
  dropUploads();
  await wait(30);
  assert.equal(fileUploads.length, 1);
  for (const path of ['c', 'd', 'e', 'waits']) {
    await add(path);
  }
  await until(() => fileUploads.length === 4);
  files.clear();
  fileUploads[1]!.answer(201, { id: 'm' });
  await until(() => states().includes('refused'));
  assert.equal(fileUploads.length, 4);
});

test('a file of a filing that is no more is let go', async () => {
  await add('a');
  await until(() => fileUploads.length === 1);
  fileUploads[0]!.answer(404, { code: 'filing.notFound', title: 'gone', status: 404, detail: '' });
  await until(() => !hasUploads());
  assert.equal(files.size, 0);
});
