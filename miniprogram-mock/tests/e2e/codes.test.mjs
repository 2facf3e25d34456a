// An auth code is typed a letter at a time: no letter is taken back, none is sent before the code is whole, and none is lost when the program closes.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { unique } from './identities.mjs';
import { asUser, companyPhone, endTests } from './journeys.mjs';

after(() => endTests());

test('an auth code typed slowly stays as typed, also when the program closes before it is whole', async () => {
  const { phone } = await companyPhone(unique('code'));
  const { id } = await asUser(phone, 'POST', '/filings', {});
  await phone.reopen('pages/verify/index', { filingId: id });
  await phone.tap('resource-code');
  const field = phone.at('auth-code').locator('input');
  await field.tap();
  await field.pressSequentially('ABCDEFGH', { delay: 300 });
  assert.equal(await field.inputValue(), 'ABCDEFGH');
  const mark = phone.top.locator('[data-testid="save-mark"][data-state="half"]').getByText('仅保存在本机');
  await mark.waitFor();
  await phone.look('half-a-code');
  const { verification } = await asUser(phone, 'GET', `/filings/${id}`);
  assert.ok(!verification?.resource?.authCode, 'half a code was sent');

  await phone.reopen('pages/verify/index', { filingId: id });
  await phone.at('auth-code').locator('input').waitFor();
  assert.equal(await phone.at('auth-code').locator('input').inputValue(), 'ABCDEFGH');
  await mark.waitFor();
  await phone.at('auth-code').locator('input').focus();
  await phone.at('auth-code').locator('input').blur();
  await phone.saved();
  await phone.clean();
  await phone.close();
});
