// One made-up person for each stage of a filing, prepared over the API, for tests that look at pages rather than walk to them.
import { beginBehind, fillBehind, submitBehind } from './behind.mjs';
import { unique } from './identities.mjs';
import { approveAndFile, asUser, companyPhone } from './journeys.mjs';

/** name → what brings a new company to its stage; answers the ids that pages are opened with. */
const stages = {
  fresh: async () => ({}),
  half: halfFilled,
  complete: ({ phone, ...company }) => fillBehind(phone, company),
  submitted: submitted,
  sentBack: async (company) => {
    const ids = await submitted(company);
    const findings = [
      { pointer: '/sites/0/name', reason: '网站名称与主体不符', suggestion: '请改为与主体相关的名称' },
      { pointer: '/subject/principal/emergencyPhone', reason: '应急电话无法接通', suggestion: '' },
    ];
    await company.office.reject(ids.id, company.person.mobile, findings);
    return ids;
  },
  verifying: async (company) => {
    const ids = await submitted(company);
    await company.office.approve(ids.id, company.person.mobile);
    await company.office.handOver(ids.id);
    return ids;
  },
  approved: approved,
};

/** Everyone, and what a browser must hold for all of them to be signed in. */
export async function everyone() {
  const met = await Promise.all(Object.entries(stages).map(async ([name, reach]) => [name, await meet(name, reach)]));
  const states = met.map(([, person]) => person.storage);
  const { origin } = states[0].origins[0];
  const localStorage = states.flatMap(({ origins }) => origins.flatMap((one) => one.localStorage));
  return { people: Object.fromEntries(met), storageState: { cookies: [], origins: [{ origin, localStorage }] } };
}

async function meet(name, reach) {
  const company = await companyPhone(unique(name.toLowerCase()));
  const ids = await reach(company);
  const { phone } = company;
  const storage = await phone.context.storageState();
  await phone.close();
  return { user: phone.settings.user, ...ids, storage };
}

async function halfFilled({ phone, ...journey }) {
  const { company, person } = journey;
  const { id, siteId } = await beginBehind(phone, journey);
  const put = (path, body) => asUser(phone, 'PUT', `/filings/${id}${path}`, body);
  await put('/subject', { name: company.name, certificateAddress: company.address });
  await put('/subject/principal', { name: person.name, certificateType: 2, mobile: person.mobile });
  const site = `/sites/${siteId}`;
  await put(site, { name: '星河示例科技', serviceContents: [8, 9], languages: [1] });
  await put(`${site}/principal`, { name: person.name, certificateType: 2, certificateNumber: person.certificateNumber });
  const { code } = await asUser(phone, 'POST', `/filings/${id}${site}/face-check/handover`);
  return { id, siteId, code };
}

async function submitted({ phone, ...company }) {
  const ids = await fillBehind(phone, company);
  await submitBehind(phone, ids.id);
  return ids;
}

/** Filed, and a further site begun. */
async function approved(company) {
  const { phone, office, person } = company;
  const ids = await submitted(company);
  await office.approve(ids.id, person.mobile);
  await office.handOver(ids.id);
  await approveAndFile(office, ids.id);
  const subjectId = (await asUser(phone, 'GET', '/subjects')).items[0].id;
  const further = await asUser(phone, 'POST', '/filings', { subjectId });
  await asUser(phone, 'POST', '/auth-codes', { resourceId: `server-of-${company.accountId}`, targetAccountId: company.accountId, count: 2, note: '给第二个门店' });
  return { ...ids, subjectId, furtherId: further.id };
}
