// The parts of the journeys, step by step, as several tests walk them. All persons and companies are made up.
import { resolve } from 'node:path';
import { startApi, startHost } from './stack.mjs';
import { openPhone } from './phone.mjs';
import { provider } from './provider.mjs';

const samples = resolve(import.meta.dirname, '../../../docs/samples');

const address = '北京市朝阳区示例路1号8层801室';

/** A made-up company of its own for each test: a subject is filed once only. */
export function companyOf(name) {
  const digits = '0123456789ABCDEFGHJKLMNPQRTUWXY';
  const serial = [...name].reduce((sum, letter) => (sum * 131 + letter.codePointAt(0)) % 10 ** 6, 7);
  const organisation = `MA${String(serial).padStart(6, '0')}`;
  // GB 11714: the organisation's own check character.
  const rest = 11 - ([...organisation].reduce((total, letter, place) => total + parseInt(letter, 36) * [3, 7, 9, 10, 5, 8, 4, 2][place], 0) % 11);
  const body = `91110105${organisation}${rest === 11 ? '0' : rest === 10 ? 'X' : rest}`;
  // GB 32100: the last character makes the weighted sum a multiple of 31.
  const sum = [...body].reduce((total, letter, place) => total + digits.indexOf(letter) * (3 ** place % 31), 0);
  return { name: `${name}示例科技（北京）有限公司`, certificateNumber: body + digits[(31 - (sum % 31)) % 31], address };
}

/** A made-up person of their own for each test: a mobile belongs to one subject, and a person may start few face checks a day. */
export function personOf(name) {
  const serial = [...name].reduce((sum, letter) => (sum * 137 + letter.codePointAt(0)) % 1e7, 3);
  const mobile = `138${String(serial).padStart(8, '0')}`;
  return { name: '林示例', certificateNumber: identityNumber(name), mobile, emergencyPhone: `139${mobile.slice(3)}`, email: `${name}@example.com` };
}

function identityNumber(name) {
  const serial = [...name].reduce((sum, letter) => (sum * 131 + letter.codePointAt(0)) % 1e6, 11);
  const two = (number) => String(number).padStart(2, '0');
  const [day, month, year] = [1 + (serial % 28), 1 + (Math.floor(serial / 28) % 12), 70 + (Math.floor(serial / 336) % 30)];
  // A sequence that begins with 00 is nobody's.
  const body = `11010119${year}${two(month)}${two(day)}00${Math.floor(serial / 10080) % 10}`;
  // GB 11643.
  const sum = [...body].reduce((total, digit, place) => total + Number(digit) * [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2][place], 0);
  return body + '10X98765432'[sum % 11];
}

export const papers = { idFront: `${samples}/id-front.jpg`, idBack: `${samples}/id-back.jpg`, licence: `${samples}/licence.jpg` };

/** The stack that the runner started, or one of its own for a file that is run alone. */
let own = null;

export async function stack() {
  if (process.env.BEIAN_E2E_API) {
    return { api: process.env.BEIAN_E2E_API, host: process.env.BEIAN_E2E_HOST };
  }
  own ??= startApi().then(async (api) => ({ api, host: await startHost(api.url) }));
  const { api, host } = await own;
  return { api: api.url, host: host.url };
}

export async function stopStack() {
  if (own) {
    const { api, host } = await own;
    own = null;
    await host.stop();
    await api.stop();
  }
}

/** A new user, signed in by a tap, whose account is a company with a server and a domain; the phone shows the home page. */
export async function companyPhone(name, settings = {}) {
  const { api, host } = await stack();
  const office = provider(api);
  const phone = await openPhone(host, { user: name, ...settings });
  const company = companyOf(name);
  const person = personOf(name);
  const domain = `${name}.cn`;
  await phone.on('welcome');
  if (settings.look) {
    await phone.look('welcome');
  }
  await phone.tap('sign-in');
  await phone.on('home');
  const { id } = await me(phone);
  const accountId = `acc-${name}`;
  await office.company(accountId, { ...company, domains: [domain], userIds: [id] });
  await office.server(accountId);
  return { phone, office, accountId, domain, company, person, userId: id, filingId: async () => (await asUser(phone, 'GET', '/filings')).items[0].id };
}

/** A call with the phone's own tokens, to look behind the screen. */
export async function asUser(phone, method, path, body) {
  return phone.page.evaluate(
    async ([verb, where, what]) => {
      const stored = Object.keys(localStorage).find((key) => key.endsWith('tokens'));
      const held = JSON.parse(localStorage.getItem(stored));
      const { accessToken } = held.data ?? held.value ?? held;
      const answer = await fetch(`/api/v1${where}`, {
        method: verb,
        headers: { Authorization: `Bearer ${accessToken}`, 'Content-Type': 'application/json' },
        body: what === null ? undefined : JSON.stringify(what),
      });
      return answer.json();
    },
    [method, path, body ?? null],
  );
}

const me = (phone) => asUser(phone, 'GET', '/me');

export async function fillVerification(phone, { domain, accountId, company }) {
  await phone.on('verify');
  await phone.choose('choose-region.province', '北京市');
  await phone.choose('choose-region.city', '市辖区');
  await phone.choose('choose-region.district', '朝阳区');
  await phone.choose('choose-subjectNature', '企业');
  await phone.choose('choose-certificateType', '营业执照（个人或企业）');
  await phone.type('input-certificateNumber', company.certificateNumber);
  await phone.type('input-domain', domain);
  await phone.tap(`resource-server-of-${accountId}`);
  await phone.top.locator('[data-testid="checks"][data-verified="true"]').waitFor();
  await phone.saved();
}

export async function fillSubject(phone, { company, person }) {
  await phone.on('subject');
  await phone.type('input-name', company.name);
  await phone.type('input-certificateAddress', company.address);
  await phone.type('input-mailingAddress', company.address);
  await phone.type('input-investor', person.name);
  await phone.type('input-legalRepresentative.name', person.name);
  await phone.choose('choose-legalRepresentative.certificateType', '居民身份证');
  await phone.type('input-legalRepresentative.certificateNumber', person.certificateNumber);
  await phone.saved();
}

export async function fillPrincipal(phone, { person }) {
  await phone.on('principal');
  await phone.type('input-name', person.name);
  await phone.choose('choose-certificateType', '居民身份证');
  await phone.type('input-certificateNumber', person.certificateNumber);
  await phone.pickDate('date-validFrom', '2020-05-01');
  await phone.pickDate('date-validTo', '2040-05-01');
  await phone.type('input-mobile', person.mobile);
  await phone.type('input-emergencyPhone', person.emergencyPhone);
  await phone.type('input-email', person.email);
  await phone.saved();
}

export async function fillSite(phone, name = '星河示例科技') {
  await phone.on('site');
  await phone.type('input-name', name);
  await phone.choose('choose-serviceContents', '单位门户网站');
  await phone.choose('choose-languages', '中文简体');
  await phone.tap('approval-none');
  await phone.type('input-remark', '展示公司的产品和联系方式，供客户查阅和联系我们。');
  await phone.saved();
}

export async function sameSitePrincipal(phone) {
  await phone.on('principal');
  await phone.at('same').tap();
  await phone.saved();
}

/** known: camera and microphone were allowed on this phone before. */
export async function passFaceCheck(phone, { known = false } = {}) {
  await phone.on('face');
  await phone.tap('face-test');
  if (!known) {
    await phone.answer('允许');
    await phone.answer('允许');
  }
  await phone.tap('face-start');
  await phone.on('browser');
  await phone.page.goBack();
  await phone.on('face');
  await phone.top.locator('[data-testid="face-status"][data-status="passed"]').waitFor();
}

export async function uploadPapers(phone) {
  await phone.on('materials');
  for (const [testId, file] of [
    ['add-front', papers.idFront],
    ['add-back', papers.idBack],
    ['add-paper', papers.licence],
  ]) {
    await phone.pickFile(testId, file);
    await phone.at(testId).waitFor({ state: 'detached' });
  }
  await phone.at('papers-ready').waitFor();
}

/** From the home page to the last button before submission. With look, every page on the way is looked at. */
export async function fillFiling(journey, { look = false } = {}) {
  const { phone } = journey;
  const seen = async (name) => (look ? phone.look(name) : undefined);
  await seen('home-new');
  await phone.tap('start-first');
  await phone.on('start');
  await phone.at('need-papers').waitFor();
  await seen('start');
  await phone.tap('begin');
  await fillVerification(phone, journey);
  await seen('verify');
  await phone.tap('next');
  await fillSubject(phone, journey);
  await seen('subject');
  await phone.tap('next');
  await fillPrincipal(phone, journey);
  await seen('principal');
  await phone.tap('next');
  await fillSite(phone);
  await seen('site');
  await phone.tap('next');
  await sameSitePrincipal(phone);
  await seen('site-principal');
  await phone.tap('next');
  await phone.on('face');
  await phone.at('face-start').waitFor();
  await seen('face');
  await passFaceCheck(phone);
  await seen('face-passed');
  await phone.tap('next');
  await phone.on('materials');
  await phone.at('add-paper').waitFor();
  await seen('materials-empty');
  await uploadPapers(phone);
  await seen('materials');
  await phone.tap('preview');
  await phone.on('preview');
  await phone.see('complete');
  await seen('preview');
  await phone.tap('submit');
  await agree(phone);
  await seen('submit');
}

/** Every agreement ticked; the button is ready. */
export async function agree(phone) {
  await phone.on('submit');
  await phone.at('agree-terms').waitFor();
  for (const id of ['terms', 'privacy', 'filingCommitment']) {
    await phone.tap(`agree-${id}`);
  }
}

/** What the authority does once the principals verified their SMS; answers the subject's number. filed: the number of a subject with one site already. */
export async function approveAndFile(office, filingId, filed = null) {
  await office.smsVerified(filingId);
  const review = await office.reviewer('GET', `/review/filings/${filingId}`);
  const { sites } = review.filing ?? review;
  const number = filed ?? `京ICP备2026${String(Math.floor(Math.random() * 1e6)).padStart(6, '0')}号`;
  const first = filed === null ? 1 : 2;
  await office.decide(filingId, number, sites.map((site, index) => ({ siteId: site.id, number: `${number}-${first + index}` })));
  return number;
}

/** The last tap, and yes to WeChat's question about messages. */
export async function submit(phone) {
  await phone.tap('submit');
  await phone.answer('允许');
  await phone.on('progress');
  await phone.at('state').waitFor();
}
