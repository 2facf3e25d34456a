import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { answer, answers, forget, lost, requests, storage } from './program';
import { maySubmit, submit } from '../../miniprogram/services/submissions';
import type { Filing } from '../../miniprogram/services/types';

const filing = (more: object = {}): Filing =>
  ({ id: 'f1', version: 7, allowedActions: ['submit'], requirements: nothingOpen, ...more }) as unknown as Filing;
const nothingOpen = { complete: true, due: [], warnings: [], pending: [], upcoming: [] };
const consents = [{ id: 'terms', version: '1', title: 'not sent' }];
const keyOf = (index: number): string | undefined => requests[index]?.header['Idempotency-Key'];

beforeEach(forget);

test('what was read is submitted, in the version that was shown', async () => {
  answers.push(answer(202, filing({ version: 8 })));
  await submit(filing(), consents);
  assert.equal(requests[0]!.header['If-Match'], '"7"');
  assert.deepEqual(JSON.parse(requests[0]!.data!), { agreements: [{ id: 'terms', version: '1' }] });
  assert.equal(storage.has('submission/f1'), false);
});

test('after a lost answer the same key is used again, also by a program that was closed meanwhile', async () => {
  answers.push(lost);
  await assert.rejects(submit(filing(), consents));
  assert.equal(storage.has('submission/f1'), true);
  const before = requests.length;
  answers.splice(0, 1, answer(202, filing({ version: 8 })));
  await submit(filing(), consents);
  assert.ok(keyOf(0));
  assert.equal(keyOf(before), keyOf(0));
  assert.equal(storage.has('submission/f1'), false);
});

test('a filing that has changed since gets a key of its own, or an old answer would stand for a new submission', async () => {
  answers.push(lost);
  await assert.rejects(submit(filing(), consents));
  const before = requests.length;
  answers.splice(0, 1, answer(202, filing({ version: 10 })));
  await submit(filing({ version: 9 }), consents);
  assert.notEqual(keyOf(before), keyOf(0));
});

test('an answered refusal ends the attempt', async () => {
  answers.push(answer(422, { code: 'filing.incomplete', title: 'no', status: 422, detail: '', errors: [] }));
  await assert.rejects(submit(filing(), consents));
  assert.equal(storage.has('submission/f1'), false);
});

test('a due fact from outside does not stand in the way, anything else does', () => {
  const due = (check?: string) => filing({ requirements: { due: [{ code: 'x', ...(check ? { check } : {}) }], pending: [], warnings: [], upcoming: [] } });
  assert.equal(maySubmit(filing()), true);
  assert.equal(maySubmit(due('site.closed')), true);
  assert.equal(maySubmit(due()), false);
  assert.equal(maySubmit(filing({ allowedActions: [] })), false);
  assert.equal(maySubmit(filing({ requirements: { due: [], pending: [{ code: 'x' }], warnings: [], upcoming: [] } })), false);
});
