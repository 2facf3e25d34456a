// Face check, papers, preview and submission where things go otherwise than on the first journey.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fillForms, openPage, passFaceCheckBehind } from './behind.mjs';
import { unique } from './identities.mjs';
import { agree, asUser, companyPhone, endTests, papers, stack } from './journeys.mjs';
import { openPhone } from './phone.mjs';

after(() => endTests());

/** Filled in over the API up to the face check: what is before it has tests of its own. */
async function filledIn(name) {
  const journey = await companyPhone(unique(name));
  const { phone } = journey;
  return { ...journey, ...(await fillForms(phone, journey)), call: (method, path, body) => asUser(phone, method, path, body) };
}

const open = ({ phone, id }, page, query = {}) => openPage(phone, page, { filingId: id, ...query });

const status = (phone, wanted) => phone.top.locator(`[data-testid="face-status"][data-status="${wanted}"]`).waitFor();

test('the face check is handed over to the person\'s own phone, and the first phone sees it pass', async () => {
  const journey = await filledIn('hand');
  const { phone } = journey;
  await open(journey, 'face');
  await phone.tap('face-test');
  await phone.answer('允许');
  await phone.answer('拒绝');
  await phone.at('face-settings').waitFor();
  await phone.look('face-refused');

  await phone.tap('handover-make');
  const code = (await phone.at('handover-code').innerText()).trim();
  await phone.look('face-handover');
  const own = await openPhone((await stack()).host, { user: unique('person'), path: 'pages/handover/index' });
  await own.type('code', 'Zk3vT0qJ8mX2bLr5yWn1cA');
  await own.tap('redeem');
  await own.at('error-code').waitFor();
  await own.look('handover-wrong');
  await own.type('code', code);
  await own.tap('redeem');
  await own.at('handed').getByText('林**').waitFor();
  assert.doesNotMatch(await own.top.innerText(), /林示例/, 'no whole name on the other phone');
  await own.look('handover');
  await own.tap('face-start');
  await own.answer('允许');
  await own.answer('允许');
  await own.on('browser');
  await own.page.goBack();
  await own.on('handover');
  await status(own, 'passed');
  await own.look('handover-passed');
  await status(phone, 'passed');
  await own.clean();
  await own.close();
  await phone.clean();
  await phone.close();
});

test('who wants no face check hands in a picture; files outlive the network, and a refused one is told', async () => {
  const journey = await filledIn('paper');
  const { phone, siteId, id } = journey;
  await open(journey, 'face', { siteId });
  await phone.tap('face-decline');
  await phone.on('materials');
  const held = phone.at(`paper-handheldIdAndLicence-${siteId}`);
  const pick = async (card, testId, file) => {
    const chooser = phone.page.waitForEvent('filechooser');
    await card.getByTestId(testId).tap();
    await (await chooser).setFiles(file);
  };
  await pick(held, 'add-paper', papers.idFront);
  await held.getByTestId('file').waitFor();

  await phone.network('none');
  const licence = phone.at('paper-subjectCertificate-');
  await pick(licence, 'add-paper', papers.licence);
  await licence.getByTestId('retry-upload').waitFor({ timeout: 30_000 });
  await phone.look('materials-offline');
  await phone.network('wifi');
  await licence.getByTestId('file').waitFor();

  const text = join(tmpdir(), `${unique('no-picture')}.jpg`);
  await writeFile(text, 'no picture');
  const identity = phone.at('paper-idCard-');
  await pick(identity, 'add-front', text);
  await identity.getByTestId('other-file').waitFor();
  await phone.look('materials-refused');
  await pick(identity, 'other-file', papers.idFront);
  await identity.getByTestId('part-front').getByTestId('file').waitFor();
  await pick(identity, 'add-back', papers.idBack);
  await phone.at('papers-ready').waitFor();
  assert.equal((await asUser(phone, 'GET', `/filings/${id}`)).requirements.complete, true);
  assert.equal((await asUser(phone, 'GET', `/filings/${id}/materials`)).items.length, 4);
  await phone.clean();
  await phone.close();
});

test('a submission whose answer was lost is not made twice; one whose site is open is told why not', async () => {
  const journey = await filledIn('lost');
  const { phone, id, siteId, office, domain, company, call } = journey;
  await passFaceCheckBehind(phone, id, siteId);
  await open(journey, 'materials');
  for (const [testId, file] of [['add-front', papers.idFront], ['add-back', papers.idBack], ['add-paper', papers.licence]]) {
    await phone.pickFile(testId, file);
    await phone.at(testId).waitFor({ state: 'detached' });
  }

  await office.sandbox('PUT', `/rdap/${domain}`, { holder: { name: company.name }, resolves: true, site: 'open' });
  await open(journey, 'preview');
  await phone.tap('check');
  await phone.at('check-item').first().waitFor();
  await phone.look('preview-site-open');
  await open(journey, 'submit');
  await agree(phone);
  await phone.tap('submit');
  await phone.answer('拒绝');
  await phone.at('points-due').getByText('已经可以访问').waitFor();
  await phone.look('submit-refused');

  await office.sandbox('PUT', `/rdap/${domain}`, { holder: { name: company.name }, resolves: false });
  let calls = 0;
  await phone.page.route('**/submission', async (route) => {
    calls += 1;
    if (calls > 1) {
      await route.continue();
      return;
    }
    await route.fetch();
    await route.abort('connectionreset');
  });
  await phone.tap('submit');
  await phone.answer('拒绝');
  await phone.on('progress');
  const { items } = await call('GET', `/filings/${id}/timeline`);
  assert.equal(items.filter((entry) => entry.action === 'submit').length, 1);
  assert.ok(calls > 1);
  await phone.clean();
  await phone.close();
});
