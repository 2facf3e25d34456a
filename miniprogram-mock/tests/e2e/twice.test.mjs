// The same thing from two sides: two taps, two phones, two tabs, a way back and a way in again.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { fillBehind, openForm, openPage, submitBehind } from './behind.mjs';
import { unique } from './identities.mjs';
import { agree, asUser, companyPhone, endTests, stack } from './journeys.mjs';
import { openPhone } from './phone.mjs';

/** One filing, begun by the first test; each leaves it a draft but the last. */
let journey;
let phone;
let id;
let siteId;

before(async () => {
  journey = await companyPhone(unique('two'));
  phone = journey.phone;
});

after(() => endTests(phone));

const filing = () => asUser(phone, 'GET', `/filings/${id}`);
const site = async () => (await filing()).sites[0];

const openSite = (of = phone) => openForm(of, 'site', { filingId: id, siteId });

async function eventually(read, wanted) {
  for (let tried = 0; tried < 60 && (await read()) !== wanted; tried++) {
    await wait(200);
  }
  assert.equal(await read(), wanted);
}

/** The second tap comes before WeChat has drawn the button as disabled: straight to the page. Answers how often the call was made. */
async function twice(action, call) {
  await phone.at(action).first().evaluate((button, name) => {
    window.mock.calls.length = 0;
    button.click();
    window.getCurrentPages().at(-1)[name]();
  }, action);
  return () => phone.page.evaluate((end) => window.mock.calls.filter(({ name, options }) => name === 'request' && options.method === 'POST' && options.url.endsWith(end)).length, call);
}

test('two taps on begin start one filing', async () => {
  await openPage(phone, 'start');
  await phone.at('need-papers').waitFor();
  const begun = await twice('begin', '/filings');
  await phone.on('verify');
  assert.equal(await begun(), 1);
  const { items } = await asUser(phone, 'GET', '/filings');
  assert.equal(items.length, 1);
  await asUser(phone, 'POST', `/filings/${items[0].id}/abandonment`, { reason: null });
  ({ id, siteId } = await fillBehind(phone, journey));
});

test('two phones: different fields are merged unseen, the same field is asked about', async () => {
  const other = await openPhone((await stack()).host, { user: phone.settings.user, device: '2' });
  await other.on('welcome');
  await other.tap('sign-in');
  await other.on('home');
  await openSite(other);
  await openSite();
  await phone.type('input-name', '星河示例官网');
  await phone.saved();
  await other.type('input-remark', '第二台手机写下的备注，介绍公司的产品。');
  await other.saved();
  await eventually(() => other.held('input-name'), '星河示例官网');
  assert.equal((await site()).name, '星河示例官网');
  assert.equal((await site()).remark, '第二台手机写下的备注，介绍公司的产品。');
  assert.equal(await other.at('conflict').count(), 0);

  await phone.type('input-remark', '第一台手机写下的备注，介绍公司的产品。');
  await phone.at('conflict').getByText('另一台设备也修改了这一页').waitFor();
  await phone.look('answer-412');
  await conflictIsNamed();
  await phone.at('conflict').getByRole('button', { name: '本机填写' }).tap();
  await phone.saved();
  assert.equal((await site()).remark, '第一台手机写下的备注，介绍公司的产品。');
  await other.clean();
  await other.close();
});

/** Wherever the person goes without choosing, the field is named, with a way back to the question. */
async function conflictIsNamed() {
  await openPage(phone, 'home');
  await phone.at('conflict-point').getByText('备注：两处填写不同').waitFor();
  await phone.look('home-conflict');
  await phone.tap('go-on');
  await phone.on('site');
  await phone.see('conflict');
  await openPage(phone, 'preview', { filingId: id });
  await phone.at('points-conflicts').getByText('备注：两处填写不同').waitFor();
  assert.equal(await phone.at('submit').count(), 0, 'no way to submission before the choice');
  await phone.look('preview-conflict');
  await phone.at('points-conflicts').getByTestId('point').tap();
  await phone.on('site');
}

test('what was typed a moment ago outlives the back button and a reload, and two tabs do not quarrel', async () => {
  await openPage(phone, 'overview', { filingId: id });
  await phone.tap('step-site');
  await phone.type('input-remark', '返回之前写下的备注，介绍公司的产品。');
  await phone.page.goBack();
  await phone.on('overview');
  await phone.tap('step-site');
  await phone.on('site');
  await phone.at('next').waitFor();
  assert.equal(await phone.held('input-remark'), '返回之前写下的备注，介绍公司的产品。');
  await phone.type('input-remark', '刷新之前写下的备注，介绍公司的产品。');
  await phone.page.reload();
  await phone.saved();
  assert.equal(await phone.held('input-remark'), '刷新之前写下的备注，介绍公司的产品。');
  await eventually(async () => (await site()).remark, '刷新之前写下的备注，介绍公司的产品。');

  await openSite();
  const tab = await openPhone((await stack()).host, { ...phone.settings, language: 'zh_CN', context: phone.context });
  await openSite(tab);
  await phone.type('input-name', '第一个窗口');
  await tab.type('input-remark', '第二个窗口写下的备注，介绍公司的产品。');
  await phone.saved();
  await tab.saved();
  await eventually(async () => (await site()).name, '第一个窗口');
  await eventually(async () => (await site()).remark, '第二个窗口写下的备注，介绍公司的产品。');
  await tab.clean();
  await tab.page.close();
});

const submissions = async () => (await asUser(phone, 'GET', `/filings/${id}/timeline`)).items.filter((entry) => entry.action === 'submit').length;
const allow = () => phone.page.getByRole('dialog').getByRole('button', { name: '允许', exact: true }).tap();

/** The submit page, with a remark that the server could not be given yet. */
async function openSubmitUnsaved(remark) {
  await openSite();
  await phone.page.route(`**/sites/${siteId}`, (route) => route.abort('connectionrefused'));
  await phone.type('input-remark', remark);
  await phone.top.locator('[data-testid="save-mark"][data-state="offline"]').waitFor();
  await openPage(phone, 'submit', { filingId: id });
  await agree(phone);
}

test('what saves itself while the submit page is open is to be read before it is submitted', async () => {
  await openSubmitUnsaved('离开之后才保存的备注，介绍公司的产品。');
  await phone.page.unroute(`**/sites/${siteId}`);
  await eventually(async () => (await site()).remark, '离开之后才保存的备注，介绍公司的产品。');
  await phone.tap('submit');
  await allow();
  await phone.at('notice').getByText('刚刚保存了').waitFor();
  assert.equal(await submissions(), 0);
});

test('nothing is submitted without what is on the phone only', async () => {
  await openSubmitUnsaved('提交之前写下的备注，介绍公司的产品。');
  await phone.tap('submit');
  await allow();
  await phone.at('notice').getByText('还只在本机').waitFor();
  await phone.look('submit-unsaved');
  await phone.page.unroute(`**/sites/${siteId}`);
  await phone.tap('submit');
  await allow();
  await phone.at('notice').getByText('刚刚保存了').waitFor();
  assert.equal((await site()).remark, '提交之前写下的备注，介绍公司的产品。');
  assert.equal(await submissions(), 0);
});

test('what another phone has submitted cannot be submitted again; two taps submit once', async () => {
  await openPage(phone, 'submit', { filingId: id });
  await agree(phone);
  await submitBehind(phone, id);
  await phone.tap('submit');
  await allow();
  await phone.top.getByText('这份备案现在不能提交').waitFor();
  await phone.look('answer-409');
  assert.equal(await submissions(), 1);

  await asUser(phone, 'POST', `/filings/${id}/withdrawal`, { reason: null });
  await openPage(phone, 'submit', { filingId: id });
  await agree(phone);
  const sent = await twice('submit', '/submission');
  await allow();
  await phone.on('progress');
  assert.equal(await sent(), 1);
  assert.equal(await submissions(), 2);
  assert.equal((await filing()).state === 'draft', false);
});
