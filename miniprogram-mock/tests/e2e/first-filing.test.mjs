// The first journey through the screen: from sign-in to filing numbers, by taps and typing, against the real server.
import { randomBytes } from 'node:crypto';
import { after, test } from 'node:test';
import { companyPhone, fillFiling, person } from './journeys.mjs';
import { closeBrowser } from './phone.mjs';

after(closeBrowser);

test('a first filing, from sign-in to filing numbers', async () => {
  const { phone, office, filingId, domain } = await companyPhone(`first-${randomBytes(3).toString('hex')}`);
  await fillFiling(phone, domain, { look: true });
  await phone.tap('submit');
  await phone.on('progress');
  await phone.look('progress-submitted');

  const id = await filingId();
  await office.approve(id, person.mobile);
  await office.handOver(id);
  await phone.tap('refresh');
  await phone.at('sms-countdown').waitFor();
  await phone.look('progress-sms');
  await office.smsVerified(id);
  const [site] = (await office.reviewer('GET', `/review/filings/${id}`)).filing.sites;
  await office.decide(id, '京ICP备2026000001号', [{ siteId: site.id, number: '京ICP备2026000001号-1' }]);
  await phone.tap('refresh');
  await phone.top.getByText('京ICP备2026000001号').first().waitFor();
  await phone.look('progress-approved');
  await phone.clean();
  await phone.close();
});
