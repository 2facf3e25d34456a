// The first journey through the screen: from sign-in to filing numbers, by taps and typing, against the real server.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { unique } from './identities.mjs';
import { approveAndFile, companyPhone, endTests, fillFiling, submit } from './journeys.mjs';

after(() => endTests());

test('a first filing, from sign-in to filing numbers', async () => {
  const name = unique('first');
  const journey = await companyPhone(name, { look: true });
  const { phone, office } = journey;
  await fillFiling(journey, { look: true });
  await submit(phone);
  await phone.look('progress-submitted');

  const id = await journey.filingId();
  await chooseCall(phone, office, id);
  await office.approve(id, journey.person.mobile);
  await office.handOver(id);
  await phone.tap('refresh');
  await phone.at('sms-countdown').waitFor();
  await phone.look('progress-sms');

  const number = await approveAndFile(office, id);
  await phone.tap('refresh');
  await phone.top.getByText(number).first().waitFor();
  await phone.look('progress-approved');
  await phone.clean();
  await phone.close();
});

/** The applicant says when the call suits, is told at the field what is no window, and the reviewer sees the one that was saved. */
async function chooseCall(phone, office, id) {
  await phone.tap('call');
  await phone.on('call');
  await phone.tap('call-within');
  await phone.choose('choose-from', '14:00');
  await phone.saved();
  await phone.choose('choose-to', '14:30');
  await phone.see('error-to');
  await phone.choose('choose-to', '16:30');
  await phone.at('error-to').waitFor({ state: 'detached' });
  await phone.type('call-note', '请先打手机');
  await phone.saved();
  await phone.look('call-chosen');
  const { callWindow } = (await office.reviewer('GET', `/review/filings/${id}`)).filing;
  assert.deepEqual(callWindow, { from: '14:00', to: '16:30', note: '请先打手机' });
  await phone.tap('back');
  await phone.on('progress');
  await phone.at('call-text').getByText('工作日 14:00 至 16:30').waitFor();
}
