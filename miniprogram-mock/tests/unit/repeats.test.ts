import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { answer, answers, forget, lost, requests } from './program';
import { addSite, getFiling, listFilings, startFiling } from '../../miniprogram/services/filings';

const keys = (path: string): (string | undefined)[] => requests.filter(({ method, url }) => method === 'POST' && url.endsWith(path)).map(({ header }) => header['Idempotency-Key']);
const then = (next: (typeof answers)[number]): void => void answers.splice(0, answers.length, next);

beforeEach(forget);

test('a start whose answer was lost is repeated with its key, one that the server refused is not', async () => {
  then(lost);
  await assert.rejects(startFiling(null));
  then(answer(409, { code: 'filing.anotherOpen', title: 'open', status: 409 }));
  await assert.rejects(startFiling(null));
  then(answer(201, { id: 'f' }));
  await startFiling(null);
  const [first, ...others] = [...new Set(keys('/filings'))];
  assert.ok(first);
  assert.equal(keys('/filings').filter((key) => key === first).length, keys('/filings').length - 1);
  assert.equal(others.length, 1);
});

test('once the list has been seen, a start is a new one', async () => {
  then(lost);
  await assert.rejects(startFiling(null));
  then(answer(200, { items: [] }));
  await listFilings();
  then(answer(201, { id: 'f' }));
  await startFiling(null);
  assert.equal(new Set(keys('/filings')).size, 2);
});

test('a copy is not the start of an empty one', async () => {
  then(lost);
  await assert.rejects(startFiling(null));
  then(answer(201, { id: 'f' }));
  await startFiling(null, 'older');
  assert.equal(new Set(keys('/filings')).size, 2);
});

test('a second site is added once, and another one after the filing was seen', async () => {
  then(lost);
  await assert.rejects(addSite('f'));
  then(answer(201, { id: 'f' }));
  await addSite('f');
  assert.equal(new Set(keys('/sites')).size, 1);
  await addSite('f');
  assert.equal(new Set(keys('/sites')).size, 2);
  then(lost);
  await assert.rejects(addSite('f'));
  then(answer(200, { id: 'f' }));
  await getFiling('f');
  then(answer(201, { id: 'f' }));
  await addSite('f');
  assert.equal(new Set(keys('/sites')).size, 4);
});
