// A filing that the reviewer sends back is mended at the marked field and submitted again; another one is withdrawn and given up.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, test } from 'node:test';
import { openPage } from './behind.mjs';
import { agree, asUser, companyPhone, fillFiling, stopStack, submit } from './journeys.mjs';
import { closeBrowser } from './phone.mjs';

after(async () => {
  await closeBrowser();
  await stopStack();
});

test('a filing sent back is mended where the reviewer said, and submitted again', async () => {
  const journey = await companyPhone(`back${randomBytes(3).toString('hex')}`);
  const { phone, office } = journey;
  await fillFiling(journey);
  await submit(phone);
  const id = await journey.filingId();
  await office.reject(id, journey.person.mobile, [{ pointer: '/sites/0/name', reason: '网站名称与主体不符', suggestion: '请改为与主体相关的名称' }]);

  await phone.tap('refresh');
  await phone.at('finding').waitFor();
  await phone.look('progress-sent-back');
  await phone.tap('mend');
  await phone.on('overview');
  await phone.at('finding').getByText('网站名称与主体不符').waitFor();
  await phone.look('overview-sent-back');
  await phone.at('finding').getByRole('link').tap();
  await phone.on('site');
  await phone.at('error-name').getByText('请改为与主体相关的名称').waitFor();
  await phone.look('site-sent-back');
  assert.equal(await phone.at('input-remark').locator('textarea').isDisabled(), true, 'what was not found wrong is locked');
  await phone.page.goBack();
  await phone.on('overview');
  await phone.tap('step-subject');
  await phone.on('subject');
  await phone.at('locked').getByText('不在本次要修改的范围内').waitFor();
  await phone.at('next').getByText('下一步', { exact: true }).waitFor();
  await phone.look('subject-not-sent-back');
  await phone.page.goBack();
  await phone.on('overview');
  await phone.at('finding').getByRole('link').tap();
  await phone.on('site');
  await phone.type('input-name', '星河示例官方网站');
  await phone.saved();
  await phone.page.goBack();
  await phone.on('overview');
  await phone.tap('step-agreements');
  await agree(phone);
  await submit(phone);
  assert.equal((await asUser(phone, 'GET', `/filings/${id}`)).state, 'providerReview');
  await phone.clean();
  await phone.close();
});

test('a submitted filing is withdrawn with everything kept, and then given up', async () => {
  const journey = await companyPhone(`gone${randomBytes(3).toString('hex')}`);
  const { phone } = journey;
  await fillFiling(journey);
  await submit(phone);
  const [progress, filingId] = [phone.page.url(), await journey.filingId()];
  await openPage(phone, 'subject', { filingId });
  await phone.at('locked').getByText('内容不能修改').waitFor();
  assert.equal(await phone.at('next').count(), 0, 'nothing to go on to');
  await phone.page.goto(progress);
  await phone.on('progress');
  await phone.tap('withdraw');
  await phone.at('confirm-sheet').waitFor();
  await phone.shot('withdraw');
  await phone.tap('confirm-do');
  await phone.on('overview');
  await phone.tap('step-subject');
  await phone.on('subject');
  assert.equal(await phone.at('input-name').locator('textarea').inputValue(), journey.company.name);
  await phone.page.goBack();
  await phone.on('overview');
  await phone.tap('abandon');
  await phone.at('confirm-sheet').waitFor();
  await phone.tap('confirm-do');
  await phone.on('home');
  await phone.at('start-first').waitFor();
  await phone.clean();
  await phone.close();
});
