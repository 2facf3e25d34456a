import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { answer, answers, fileUploads, forget, lost, networkBack, requests, type Request } from './program';
import { MaterialsDesk, type MaterialsScreen } from '../../miniprogram/services/materials-desk';

const material = { id: 'm', kind: 'licence', part: null, siteId: null, scan: 'clean', hints: [], recognition: null, signedOn: null, size: 1, contentType: 'image/jpeg' };
const filing = (papers: readonly object[]) => ({
  id: 'f',
  editable: 'everything',
  kind: 'firstFiling',
  verification: {},
  subject: { principal: {} },
  sites: [],
  steps: [],
  findings: [],
  materials: papers,
  requirements: { due: papers.length ? [] : [{ kind: 'licence', siteId: null, pointer: '/materials', message: 'due' }], pending: [], warnings: [], upcoming: [] },
});

/** What the server would answer to each address. */
const server = (papers: readonly object[]) => (request: Request) =>
  answer(200, request.url.includes('/reference/') ? { fields: [], materials: [], items: [] } : request.url.includes('/letters') ? { items: [] } : filing(papers))(request);

async function until(so: () => boolean): Promise<void> {
  for (let turn = 0; turn < 800 && !so(); turn++) {
    await wait(10);
  }
  assert.ok(so());
}

beforeEach(forget);

test('a paper that arrived just before the network went is shown as soon as it is back', async () => {
  let screen: MaterialsScreen | null = null;
  answers.push(server([]));
  const desk = new MaterialsDesk('f', (shown) => (screen = shown));
  await desk.open();
  assert.equal(screen!.dueCount, 1);
  await desk.take('licence/', null, [{ path: 'a', size: 1, name: 'a.jpg' }] as never, { file: null, upload: null });
  await until(() => fileUploads.length === 1);
  answers.splice(0, answers.length, lost);
  requests.length = 0;
  fileUploads[0]!.answer(201, material);
  await until(() => requests.length >= 3);
  await wait(1500);
  assert.equal(screen!.dueCount, 1);
  answers.splice(0, answers.length, server([material]));
  networkBack();
  await wait(300);
  assert.equal(screen!.dueCount, 0);
  desk.close();
});
