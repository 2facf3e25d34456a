// Life around a filing: signing in when things go wrong, the account, its devices, codes for others, and leaving.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { fillBehind, openPage, submitBehind } from './behind.mjs';
import { unique } from './identities.mjs';
import { asUser, companyPhone, endTests, stack } from './journeys.mjs';
import { openPhone } from './phone.mjs';

after(() => endTests());

const mock = (phone, values) => phone.page.evaluate((to) => Object.assign(window.mock, to), values);

test('signing in says what is wrong, and works at the next tap', async () => {
  const { host } = await stack();
  const phone = await openPhone(host, { user: unique('in') });
  await phone.on('welcome');
  for (const code of ['sandbox-used', 'sandbox-busy', 'sandbox-down']) {
    await mock(phone, { code });
    await phone.tap('sign-in');
    await phone.at('problem').waitFor();
    await phone.look(`welcome-${code}`);
  }
  await phone.network('none');
  await mock(phone, { code: null });
  await phone.tap('sign-in');
  await phone.at('problem').getByText('没有连上网络').waitFor();
  await phone.network('wifi');
  await phone.tap('agreement-privacy');
  await phone.at('text-sheet').waitFor();
  await phone.look('welcome-agreement');
  await phone.tap('text-close');
  await phone.tap('language');
  await phone.at('sign-in').getByText('Sign in with WeChat').waitFor();
  await phone.tap('sign-in');
  await phone.on('home');
  await phone.look('home-en');
  await phone.clean();
  await phone.close();
});

test('the account: phone number, messages, language, export, devices', async () => {
  const { phone } = await companyPhone(unique('acc'));
  const { host } = await stack();
  const other = await openPhone(host, { user: phone.settings.user, device: '2' });
  await other.on('welcome');
  await other.tap('sign-in');
  await other.on('home');

  await phone.tap('settings');
  await phone.on('account');
  await phone.tap('bind-phone');
  await phone.at('phone').getByText('138****0001').waitFor();
  await phone.tap('notify-reminders');
  await phone.at('save-state').getByText('已保存').waitFor();
  assert.deepEqual((await asUser(phone, 'GET', '/me')).notifications, { progress: true, reminders: false });
  await phone.tap('export');
  await phone.at('exported').waitFor();
  await phone.look('account-exported');
  const [file] = await Promise.all([phone.page.waitForEvent('download'), phone.tap('save-file')]);
  assert.match(await readFile(await file.path(), 'utf8'), /138\d+/);
  await phone.tap('language-en');
  await phone.at('sign-out').getByText('Sign out').waitFor();
  await phone.look('account-en');
  await phone.tap('language-zh-CN');

  await phone.tap('sessions');
  await phone.on('sessions');
  await phone.at('end').waitFor();
  await phone.look('sessions');
  await phone.tap('end');
  await phone.tap('confirm-do');
  await phone.at('end').waitFor({ state: 'detached' });
  await phone.clean();
  await phone.close();
  await other.close();
});

test('codes are made, changed, checked and deleted', async () => {
  const { phone, accountId } = await companyPhone(unique('code'));
  await phone.tap('resources');
  await phone.on('resources');
  await phone.at('resource').waitFor();
  await phone.look('resources');
  await phone.tap('make-codes');
  await phone.on('codes');
  await phone.tap('save');
  await phone.at('error-targetAccountId').waitFor();
  await phone.look('codes-faults');
  await phone.tap('own-account');
  await phone.tap('greater');
  await phone.type('note', '给第二个门店');
  await phone.tap('save');
  await phone.at('code').nth(1).waitFor();
  assert.equal(await phone.at('code').count(), 2);
  await phone.look('codes');
  await phone.tap('edit');
  await phone.type('note', '给第三个门店');
  await phone.tap('save');
  await phone.at('code').getByText('给第三个门店').waitFor();
  const { items } = await asUser(phone, 'GET', '/auth-codes');
  assert.equal(items[0].targetAccountId, accountId);

  await phone.type('check-code', 'ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ');
  await phone.tap('check');
  await phone.at('error-check').waitFor();
  await phone.type('check-code', items[0].code.toLowerCase());
  await phone.tap('check');
  await phone.at('check-good').waitFor();
  await phone.tap('remove');
  await phone.look('codes-remove');
  await phone.tap('confirm-do');
  await phone.at('code').nth(1).waitFor({ state: 'detached' });
  assert.equal(await phone.at('code').count(), 1);
  await phone.clean();
  await phone.close();
});

test('an account is joined with a scanned code, before or after signing in', async () => {
  const company = await companyPhone(unique('host'));
  await company.phone.close();
  const { host } = await stack();
  const phone = await openPhone(host, { user: unique('join'), path: 'pages/home/index' });
  await phone.on('welcome');
  const url = new URL(phone.page.url());
  url.searchParams.set('path', 'pages/home/index');
  url.searchParams.set('scene', `join=${await company.office.link(company.accountId)}`);
  await phone.page.goto(url.href);
  await phone.on('welcome');
  await phone.tap('sign-in');
  await phone.on('join');
  assert.equal((await phone.at('join-code').locator('input').inputValue()).length, 22);
  await phone.look('join');
  await phone.tap('join');
  await phone.tap('confirm-do');
  await phone.at('joined').waitFor();
  await phone.look('joined');

  await openPage(phone, 'join');
  await mock(phone, { scan: 'https://example.com/?q=1' });
  await phone.tap('scan');
  await phone.at('error-code').getByText('这不是加入码').waitFor();
  await phone.type('join-code', 'AAAAAAAAAAAAAAAAAAAAAA');
  await phone.tap('join');
  await phone.tap('confirm-do');
  await phone.at('error-code').waitFor();
  await phone.look('join-wrong');
  await phone.clean();
  await phone.close();
});

test('leaving: a consent is taken back, erasing waits for the open filing, then nothing is left', async () => {
  const journey = await companyPhone(unique('leave'));
  const { phone, office, person } = journey;
  const { id } = await fillBehind(phone, journey);
  await submitBehind(phone, id);
  await told(phone);
  await openPage(phone, 'messages');
  await phone.tap('open-message');
  await phone.look('messages');
  await phone.tap('to-filing');
  await phone.on('progress');
  await office.approve(id, person.mobile);

  await openPage(phone, 'viewers');
  await phone.at('viewer').first().waitFor();
  await phone.look('viewers');
  await openPage(phone, 'privacy');
  await phone.tap('withdraw-privacy');
  await phone.at('confirm-sheet').waitFor();
  await phone.look('privacy-withdraw');
  await phone.tap('confirm-do');
  await phone.at('consequences').waitFor();
  await phone.at('give-privacy').waitFor();
  await erase(phone);
  await phone.at('blocked').waitFor();
  await phone.look('privacy-blocked');
  await phone.at('blocked').getByRole('button').tap();
  await phone.on('progress');
  await phone.tap('withdraw');
  await phone.type('confirm-reason', '换一个域名');
  await phone.tap('confirm-do');
  await phone.on('overview');

  await openPage(phone, 'privacy');
  await erase(phone);
  await phone.at('gone').waitFor();
  await phone.look('privacy-gone');
  await phone.tap('leave');
  await phone.on('welcome');
  assert.deepEqual(await phone.page.evaluate(() => Object.keys(localStorage).filter((key) => /tokens|draft/.test(key))), []);
  await phone.clean();
  await phone.close();
});

/** Messages follow a moment after what they tell of. */
async function told(phone) {
  for (let tried = 0; tried < 60; tried++) {
    if ((await asUser(phone, 'GET', '/notifications')).items.length > 0) {
      return;
    }
    await wait(250);
  }
  throw new Error('No message came.');
}

async function erase(phone) {
  await phone.tap('erase');
  assert.equal(await phone.at('confirm-do').isDisabled(), true);
  await phone.type('confirm-word', '注销');
  await phone.tap('confirm-do');
}
