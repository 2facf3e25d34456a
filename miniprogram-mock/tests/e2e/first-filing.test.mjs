// The first journey through the screen: from sign-in to filing numbers, by taps and typing, against the real server.
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
