// A filing filled in and submitted over the API, for tests whose matter is what comes after.
import { readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { asUser, papers } from './journeys.mjs';

const agreements = ['terms', 'privacy', 'filingCommitment'].map((id) => ({ id, version: '2026-11-01' }));

/** A filing whose first step is through; answers the ids of filing and site. */
export async function beginBehind(phone, { domain, accountId, company }) {
  const { id } = await asUser(phone, 'POST', '/filings', {});
  const { sites } = await asUser(phone, 'PUT', `/filings/${id}/verification`, {
    region: { province: '110000', city: '110100', district: '110105' },
    subjectNature: 4,
    certificateType: 1,
    certificateNumber: company.certificateNumber,
    domain,
    resource: { kind: 'resource', resourceId: `server-of-${accountId}` },
  });
  return { id, siteId: sites[0].id };
}

/** Every form filled in: face check and papers are still to come. */
export async function fillForms(phone, journey) {
  const { domain, company, person } = journey;
  const ids = await beginBehind(phone, journey);
  const put = (path, body) => asUser(phone, 'PUT', `/filings/${ids.id}${path}`, body);
  const site = `/sites/${ids.siteId}`;
  const holder = { name: person.name, certificateType: 2, certificateNumber: person.certificateNumber };
  const { name, address } = company;
  await put('/subject', { name, investor: person.name, certificateAddress: address, mailingAddress: address, legalRepresentative: holder });
  const { mobile, emergencyPhone, email } = person;
  await put('/subject/principal', { ...holder, validFrom: '2020-05-01', validTo: '2040-05-01', mobile, emergencyPhone, email });
  await put(site, { name: '星河示例科技', homeUrl: `https://www.${domain}`, serviceContents: [8], languages: [1], preApprovals: [{ type: 'none' }], remark: '展示公司的产品和联系方式' });
  await put(`${site}/principal`, { sameAsSubjectPrincipal: true });
  return ids;
}

/** Everything but the submission. */
export async function fillBehind(phone, journey) {
  const { id, siteId } = await fillForms(phone, journey);
  await passFaceCheckBehind(phone, id, siteId);
  await upload(phone, id, papers.idFront, { kind: 'idCard', part: 'front' });
  await upload(phone, id, papers.idBack, { kind: 'idCard', part: 'back' });
  await upload(phone, id, papers.licence, { kind: 'subjectCertificate' });
  return { id, siteId };
}

export async function passFaceCheckBehind(phone, id, siteId) {
  const check = `/filings/${id}/sites/${siteId}/face-check`;
  await asUser(phone, 'POST', check);
  await asUser(phone, 'GET', check);
}

/** Submits and waits until the checks are through. */
export async function submitBehind(phone, id) {
  const submitted = await asUser(phone, 'POST', `/filings/${id}/submission`, { agreements });
  if (!submitted.state) {
    throw new Error(`Not submitted: ${JSON.stringify(submitted)}`);
  }
  for (let tried = 0; tried < 60; tried++) {
    const { state } = await asUser(phone, 'GET', `/filings/${id}`);
    if (state !== 'checking') {
      return state;
    }
    await wait(250);
  }
  throw new Error('The checks of the submission did not end.');
}

async function upload(phone, filingId, file, fields) {
  const bytes = (await readFile(file)).toString('base64');
  await phone.page.evaluate(
    async ([id, base64, words]) => {
      const stored = Object.keys(localStorage).find((key) => key.endsWith('tokens'));
      const held = JSON.parse(localStorage.getItem(stored));
      const { accessToken } = held.data ?? held.value ?? held;
      const form = new FormData();
      form.append('file', new Blob([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], { type: 'image/jpeg' }), 'paper.jpg');
      Object.entries(words).forEach(([name, value]) => form.append(name, value));
      const answer = await fetch(`/api/v1/filings/${id}/materials`, { method: 'POST', headers: { Authorization: `Bearer ${accessToken}` }, body: form });
      if (!answer.ok) {
        throw new Error(await answer.text());
      }
    },
    [filingId, bytes, fields],
  );
}

/** Opens a page directly, as a shared link or a scanned code does. */
export async function openPage(phone, page, query = {}) {
  const url = new URL(phone.page.url());
  const kept = ['bare', 'user', 'device', 'font', 'language'].flatMap((name) => (url.searchParams.has(name) ? [[name, url.searchParams.get(name)]] : []));
  const path = `pages/${page}/index`;
  await phone.page.goto(`${url.origin}/?${new URLSearchParams([...kept, ['path', path], ...Object.entries(query)])}`);
  await phone.on(page);
}

/** A form, opened so and ready to be typed in. */
export async function openForm(phone, page, query) {
  await openPage(phone, page, query);
  await phone.at('save-mark').waitFor();
}
