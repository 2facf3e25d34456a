// Without touching anything: a choice is opened, walked, left and made by keys alone.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { unique } from './identities.mjs';
import { asUser, companyPhone, endTests } from './journeys.mjs';

after(() => endTests());

test('a choice is made by keyboard alone, and left by Escape', async () => {
  const { phone } = await companyPhone(unique('keys'));
  const { id } = await asUser(phone, 'POST', '/filings', {});
  await phone.reopen('pages/verify/index', { filingId: id });
  const choice = phone.at('choose-subjectNature');
  const { keyboard } = phone.page;
  await choice.focus();
  await keyboard.press('Enter');
  await phone.top.getByRole('option').first().waitFor();
  await keyboard.press('Escape');
  await phone.top.getByRole('option').first().waitFor({ state: 'detached' });
  assert.equal(await focused(phone), 'choose-subjectNature', 'the focus is back where it was');

  await keyboard.press('Enter');
  await phone.top.getByRole('option').first().waitFor();
  for (let pressed = 0; pressed < 40 && (await focusedText(phone)) !== '企业'; pressed++) {
    await keyboard.press('Tab');
  }
  await keyboard.press('Enter');
  await choice.getByText('企业').waitFor();
  await phone.saved();
  await phone.clean();
  await phone.close();
});

const focused = (phone) => phone.page.evaluate(() => document.activeElement.dataset.testid ?? '');
const focusedText = (phone) => phone.page.evaluate(() => (document.activeElement.getAttribute('role') === 'option' ? document.activeElement.innerText.trim() : ''));
