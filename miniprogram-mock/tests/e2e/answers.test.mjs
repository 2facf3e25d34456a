// Every answer that is not the wanted one has words on the screen and a way on, and nothing typed is lost by it.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { fillBehind, openForm, openPage } from './behind.mjs';
import { unique } from './identities.mjs';
import { asUser, companyPhone, endTests, papers } from './journeys.mjs';

/** One filing for all tests; each leaves it a draft. */
let journey;
let phone;
let id;
let siteId;

before(async () => {
  journey = await companyPhone(unique('ans'));
  phone = journey.phone;
  ({ id, siteId } = await fillBehind(phone, journey));
});

after(() => endTests(phone));

const site = async () => (await asUser(phone, 'GET', `/filings/${id}`)).sites[0];

const openIt = (page) => openForm(phone, page, { filingId: id, siteId });

const problem = (status, code, title, detail, remedy = null) => ({ status, contentType: 'application/problem+json', body: JSON.stringify({ status, code, title, detail, remedy, errors: [] }) });

const troubles = [
  ['down', (route) => route.abort('connectionrefused'), '没有连上网络'],
  ['silent', 'timeout', '服务器很久没有回应，请稍后重试。'],
  ['broken', (route) => route.fulfill({ status: 500, contentType: 'text/html', body: '<h1>Internal Server Error</h1>' }), '服务器出了问题'],
  ['429', (route) => route.fulfill({ status: 429, headers: { 'Retry-After': '40' }, body: '' }), '请在 40 秒后重试。'],
  ['429-hours', (route) => route.fulfill({ ...problem(429, 'rate.limited', '请求过于频繁', '请求过于频繁。', '请按 Retry-After 给出的秒数等待后重试。'), headers: { 'Retry-After': '9000' } }), '请在 3 小时后重试。'],
  ['502', (route) => route.fulfill({ status: 502, contentType: 'text/html', body: '<h1>Bad Gateway</h1>' }), '服务暂时不可用，请稍后重试。您填写的内容没有丢失。'],
  ['503', (route) => route.fulfill({ ...problem(503, 'server.busy', '系统繁忙', '请一分钟后再试。'), headers: { 'Retry-After': '60' } }), '系统繁忙'],
  ['404', (route) => route.fulfill({ status: 404, body: '' }), '没有找到要看的内容'],
];

for (const [name, play, words] of troubles) {
  test(`a page that cannot be loaded says why, and is there at the next try: ${name}`, async () => {
    const address = `**/api/v1/filings/${id}`;
    if (typeof play === 'function') {
      await phone.page.route(address, play);
    } else {
      await phone.page.addInitScript((reason) => {
        window.__mockInit = { fail: sessionStorage.getItem('silent') ? { request: { reason, errno: 5 } } : {} };
      }, play);
      await phone.page.evaluate(() => sessionStorage.setItem('silent', '1'));
    }
    await openPage(phone, 'overview', { filingId: id });
    await phone.top.getByText(words).first().waitFor();
    assert.doesNotMatch(await phone.top.innerText(), /Retry-After/);
    await phone.look(`answer-${name}`);
    await phone.page.unroute(address);
    await phone.page.evaluate(() => {
      sessionStorage.clear();
      window.mock.fail = {};
    });
    await phone.tap('retry');
    await phone.at('step-subject').waitFor();
  });
}

test('a page that found no network comes up by itself, and so does a list in it', async () => {
  await openPage(phone, 'overview', { filingId: id });
  await phone.at('step-site').waitFor();
  await phone.network('none');
  await phone.tap('step-site');
  await phone.on('site');
  await phone.top.getByText('网络恢复后会自动继续').waitFor();
  await phone.network('wifi');
  await phone.at('input-remark').waitFor();

  await phone.page.route('**/api/v1/resources?*', (route) => route.abort('connectionrefused'));
  await openIt('verify');
  await phone.top.getByText('没有读到云服务列表').waitFor();
  await phone.look('answer-no-list');
  await phone.page.unroute('**/api/v1/resources?*');
  await phone.tap('load-resources');
  await phone.at(`resource-server-of-${journey.accountId}`).waitFor();
});

test('a save that fails at the server goes on by itself', async () => {
  await openIt('site');
  let failed = 0;
  await phone.page.route(`**/sites/${siteId}`, (route) => {
    failed += 1;
    return failed > 1 ? route.continue() : route.fulfill({ status: 500, body: '' });
  });
  await phone.type('input-remark', '服务出错时写下的备注，介绍公司的产品。');
  await phone.top.locator('[data-testid="save-mark"][data-state="unsaved"]').getByText('尚未保存').waitFor();
  await phone.saved();
  assert.equal(await phone.held('input-remark'), '服务出错时写下的备注，介绍公司的产品。');
  assert.equal((await site()).remark, '服务出错时写下的备注，介绍公司的产品。');
  assert.equal(failed, 2);
  await phone.page.unroute(`**/sites/${siteId}`);
});

test('a domain of somebody else is saved, and told at its field', async () => {
  await openIt('verify');
  await phone.type('input-domain', `taken-${unique('e')}.cn`);
  await phone.at('error-domain').getByText('域名登记的所有者不是备案主体').waitFor();
  await phone.saved();
  await phone.look('answer-422');
  await phone.type('input-domain', journey.domain);
  await phone.top.locator('[data-testid="checks"][data-verified="true"]').waitFor();
  await phone.at('error-domain').waitFor({ state: 'detached' });
  await phone.saved();
});

test('a session that was ended elsewhere is renewed unseen; where it cannot be, it is said, and what was typed stays', async () => {
  const endAll = () => phone.page.evaluate(async () => {
    const key = Object.keys(localStorage).find((name) => name.endsWith('tokens'));
    const stored = JSON.parse(localStorage.getItem(key));
    const { accessToken } = stored.data ?? stored.value ?? stored;
    return (await fetch('/api/v1/auth/logout?all=true', { method: 'POST', headers: { Authorization: `Bearer ${accessToken}` } })).status;
  });
  await openIt('site');
  assert.ok((await endAll()) < 300);
  await phone.type('input-remark', '会话结束后写下的备注，介绍公司的产品。');
  await phone.saved();
  assert.equal((await site()).remark, '会话结束后写下的备注，介绍公司的产品。');

  await endAll();
  await phone.page.evaluate(() => (window.mock.code = 'sandbox-blocked'));
  await phone.type('input-remark', '被登出时写下的备注，介绍公司的产品。');
  await phone.on('welcome');
  await phone.at('ended').getByText('登录已结束').waitFor();
  await phone.look('answer-401');
  await phone.page.evaluate(() => (window.mock.code = null));
  await phone.tap('sign-in');
  await phone.on('home');
  for (let tried = 0; tried < 40 && !(await site()).remark.startsWith('被登出'); tried++) {
    await wait(250);
  }
  assert.equal((await site()).remark, '被登出时写下的备注，介绍公司的产品。');
});

test('a file that is too large is told, by the phone or by the server; half an upload is not lost', async () => {
  const pages = async () => (await asUser(phone, 'GET', `/filings/${id}/materials`)).items.filter((item) => item.kind === 'subjectCertificate').length;
  await openPage(phone, 'materials', { filingId: id });
  const licence = phone.at('paper-subjectCertificate-');
  const large = join(tmpdir(), `${unique('large')}.jpg`);
  await writeFile(large, randomBytes(11 * 2 ** 20));
  await choose(licence, 'replace', large);
  await phone.page.getByRole('dialog').getByText('文件太大，最大 10').waitFor();
  await phone.shot('answer-too-large');
  await phone.page.getByRole('dialog').getByRole('button').last().tap();

  const address = '**/materials';
  const refusal = problem(413, 'request.tooLarge', '内容过大', '上传的内容超过上限。');
  await phone.page.route(address, (route) => (route.request().method() === 'POST' ? route.fulfill(refusal) : route.continue()));
  await choose(licence, 'replace', papers.licence);
  await licence.getByText('内容过大').waitFor();
  await phone.look('answer-413');
  await phone.page.unroute(address);

  const line = await phone.context.newCDPSession(phone.page);
  const speed = (uploadThroughput) => line.send('Network.emulateNetworkConditions', { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput });
  await speed(100_000);
  await phone.page.evaluate(noisyPicture);
  await licence.getByTestId('other-file').first().tap();
  await licence.getByText(/已上传 [1-9]\d?%/).waitFor();
  await phone.network('none');
  await licence.getByText('没有上传成功，文件还在').waitFor();
  await phone.look('answer-half');
  await speed(-1);
  await phone.network('wifi');
  await licence.getByTestId('upload').waitFor({ state: 'detached' });
  assert.equal(await pages(), 1);
});

/** Runs in the browser: the next file that is chosen takes some seconds to send. */
async function noisyPicture() {
  const canvas = Object.assign(document.createElement('canvas'), { width: 900, height: 600 });
  const pen = canvas.getContext('2d');
  const picture = pen.createImageData(900, 600);
  picture.data.forEach((_, at) => (picture.data[at] = at % 4 === 3 ? 255 : Math.random() * 256));
  pen.putImageData(picture, 0, 0);
  const blob = await new Promise((done) => canvas.toBlob(done, 'image/jpeg', 0.9));
  window.mock.files = [new File([blob], 'noise.jpg', { type: 'image/jpeg' })];
}

async function choose(card, testId, file) {
  const chooser = phone.page.waitForEvent('filechooser');
  await card.getByTestId(testId).first().tap();
  await (await chooser).setFiles(file);
}
