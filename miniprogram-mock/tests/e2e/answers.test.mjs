// Every answer that is not the wanted one has words on the screen and a way on, and nothing typed is lost by it.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { fillBehind, openPage, submitBehind } from './behind.mjs';
import { agree, asUser, companyPhone, papers, stack, stopStack } from './journeys.mjs';
import { closeBrowser, openPhone } from './phone.mjs';

const unique = (word) => `${word}${randomBytes(3).toString('hex')}`;
/** One filing, ready to be submitted, that all tests but the first and the last ones find and leave a draft. */
let journey;
let phone;
let id;
let siteId;

before(async () => {
  journey = await companyPhone(unique('ans'));
  phone = journey.phone;
});

after(async () => {
  await phone?.clean();
  await closeBrowser();
  await stopStack();
});

const filing = () => asUser(phone, 'GET', `/filings/${id}`);
const site = async () => (await filing()).sites[0];
const openForm = async (page, of = phone) => {
  await openPage(of, page, { filingId: id, ...(page === 'site' ? { siteId } : {}) });
  await of.at('next').waitFor();
  await of.at('save-mark').waitFor();
};
const seen = (text, of = phone) => of.top.getByText(text).first().waitFor();
const held = (testId, of = phone) => of.at(testId).locator('input, textarea').first().inputValue();

async function eventually(read, wanted) {
  for (let tried = 0; tried < 60 && (await read()) !== wanted; tried++) {
    await wait(200);
  }
  assert.equal(await read(), wanted);
}

test('two taps on begin start one filing, and a domain of somebody else is told at its field', async () => {
  await openPage(phone, 'start');
  await phone.at('need-papers').waitFor();
  await twice('begin');
  await phone.on('verify');
  const { items } = await asUser(phone, 'GET', '/filings');
  assert.equal(items.length, 1);

  const { company, accountId } = journey;
  await phone.type('input-certificateNumber', company.certificateNumber);
  await asUser(phone, 'PUT', `/filings/${items[0].id}/verification`, {
    region: { province: '110000', city: '110100', district: '110105' },
    subjectNature: 4,
    certificateType: 1,
    certificateNumber: company.certificateNumber,
    domain: `taken-${unique('d')}.cn`,
    resource: { kind: 'resource', resourceId: `server-of-${accountId}` },
  });
  id = items[0].id;
  await openForm('verify');
  await phone.type('input-domain', `taken-${unique('e')}.cn`);
  await phone.saved();
  await phone.at('error-domain').waitFor();
  console.log('422:', await phone.at('error-domain').innerText(), '|', await phone.at('checks').innerText());
  await phone.look('answer-422');
  await asUser(phone, 'POST', `/filings/${id}/abandonment`, { reason: null });
  ({ id, siteId } = await fillBehind(phone, journey));
});

async function twice(testId) {
  await phone.at(testId).first().evaluate((button) => {
    button.click();
    button.click();
  });
}

const problem = (status, code, title, detail) => ({ status, contentType: 'application/problem+json', body: JSON.stringify({ status, code, title, detail, remedy: null, errors: [] }) });

const troubles = [
  ['down', (route) => route.abort('connectionrefused'), '没有连上网络'],
  ['silent', 'timeout', '服务器很久没有回应，请稍后重试。'],
  ['broken', (route) => route.fulfill({ status: 500, contentType: 'text/html', body: '<h1>Internal Server Error</h1>' }), '服务器出了问题'],
  ['429', (route) => route.fulfill({ status: 429, headers: { 'Retry-After': '40' }, body: '' }), '操作太频繁，请在 40 秒后重试。'],
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
    await seen(words);
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

test('a save that is refused for now goes on by itself', async () => {
  await openForm('site');
  let refused = 0;
  await phone.page.route(`**/sites/${siteId}`, (route) => {
    refused += 1;
    return refused > 2 ? route.continue() : route.fulfill({ ...problem(503, 'server.busy', '系统繁忙', ''), headers: { 'Retry-After': refused === 1 ? '1' : '11' } });
  });
  await phone.type('input-remark', '服务繁忙时写下的备注，介绍公司的产品。');
  await phone.top.locator('[data-testid="save-mark"][data-state="unsaved"]').getByText('尚未保存').waitFor();
  await wait(1500);
  await phone.look('answer-503-save');
  assert.equal(await held('input-remark'), '服务繁忙时写下的备注，介绍公司的产品。');
  await phone.saved();
  assert.equal((await site()).remark, '服务繁忙时写下的备注，介绍公司的产品。');
  await phone.page.unroute(`**/sites/${siteId}`);
});

test('a session that was ended elsewhere is renewed unseen; where it cannot be, it is said, and what was typed stays', async () => {
  const endAll = () => phone.page.evaluate(async () => {
    const key = Object.keys(localStorage).find((name) => name.endsWith('tokens'));
    const stored = JSON.parse(localStorage.getItem(key));
    const { accessToken } = stored.data ?? stored.value ?? stored;
    return (await fetch('/api/v1/auth/logout?all=true', { method: 'POST', headers: { Authorization: `Bearer ${accessToken}` } })).status;
  });
  await openForm('site');
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
  await eventually(async () => (await site()).remark, '被登出时写下的备注，介绍公司的产品。');
});

test('two phones: different fields are merged unseen, the same field is asked about', async () => {
  const other = await openPhone((await stack()).host, { user: phone.settings.user, device: '2' });
  await other.on('welcome');
  await other.tap('sign-in');
  await other.on('home');
  await openForm('site', other);
  await openForm('site');
  await phone.type('input-name', '星河示例官网');
  await phone.saved();
  await other.type('input-remark', '第二台手机写下的备注，介绍公司的产品。');
  await other.saved();
  await eventually(() => held('input-name', other), '星河示例官网');
  assert.equal((await site()).name, '星河示例官网');
  assert.equal((await site()).remark, '第二台手机写下的备注，介绍公司的产品。');
  assert.equal(await other.at('conflict').count(), 0);

  await phone.type('input-remark', '第一台手机写下的备注，介绍公司的产品。');
  await phone.at('conflict').getByText('另一台设备也修改了这一页').waitFor();
  await phone.look('answer-412');
  await phone.at('conflict').getByRole('button', { name: '本机填写' }).tap();
  await phone.saved();
  assert.equal((await site()).remark, '第一台手机写下的备注，介绍公司的产品。');
  await other.clean();
  await other.close();
});
