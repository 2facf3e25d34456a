// The network goes away at fifty random moments of one journey, some answers are lost on the way back, the program is closed offline: nothing typed is
// lost, and nothing is submitted twice.
import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { after, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { fillBehind, openPage } from './behind.mjs';
import { unique } from './identities.mjs';
import { agree, asUser, companyPhone, endTests, fillPrincipal, fillSite, fillSubject, fillVerification, papers, sameSitePrincipal, stack } from './journeys.mjs';
import { openPhone } from './phone.mjs';

after(() => endTests());

const cuts = 50;
/** Of so many writes one is done by the server without anybody hearing of it. */
const lostEvery = 6;

/** Runs in the browser: cuts the network so many times, at moments and for a time that the seed says. */
function cutInThePage([seed, count]) {
  let state = seed;
  const random = (from, to) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return from + (state / 2 ** 32) * (to - from);
  };
  const cut = () => {
    window.mock.network('none');
    setTimeout(() => {
      window.mock.network('wifi');
      window.cutsMade += 1;
      if (window.cutsMade < count) {
        setTimeout(cut, random(50, 450));
      }
    }, random(50, 800));
  };
  window.cutsMade = 0;
  setTimeout(cut, random(0, 300));
}

async function made(phone, count) {
  for (let tried = 0; tried < 300 && (await cutsMade(phone)) < count; tried++) {
    await wait(150);
  }
  assert.ok((await cutsMade(phone)) >= count);
}

const cutsMade = (phone) => phone.page.evaluate(() => window.cutsMade);

/** The server does its work, and now and then nobody hears of it; of the submission always, once. Answers the addresses. */
async function loseAnswers(phone) {
  const lost = [];
  let writes = 0;
  await phone.page.route('**/api/v1/**', async (route) => {
    const url = route.request().url();
    writes += route.request().method() === 'GET' ? 0 : 1;
    if (route.request().method() === 'GET' || lost.includes(url) || (writes % lostEvery !== 0 && !url.endsWith('/submission'))) {
      return route.continue();
    }
    lost.push(url);
    await route.fetch().catch(() => undefined);
    return route.abort('connectionreset').catch(() => undefined);
  });
  return lost;
}

/** A person who closes what says that there is no network, and tries again. */
async function bePatient(phone) {
  const options = { noWaitAfter: true };
  const alert = phone.page.locator('.mp-modal:not(:has(.mp-cancel)) .mp-confirm');
  await phone.page.addLocatorHandler(alert, () => alert.tap(), options);
  for (const testId of ['retry', 'face-look']) {
    const button = phone.at(testId).first();
    await phone.page.addLocatorHandler(button, () => button.tap({ timeout: 1000 }).catch(() => undefined), options);
  }
  phone.choose = async (testId, option) => {
    const row = phone.top.getByRole('option', { name: option, exact: true }).first();
    // Without a network the list does not open.
    for (let tried = 0; tried < 10 && !(await row.isVisible()); tried++) {
      await phone.tap(testId);
      await row.waitFor({ timeout: 2500 }).catch(() => undefined);
    }
    await row.tap();
    if ((await phone.at('sheet-done').count()) > 0) {
      await phone.tap('sheet-done');
    }
  };
}

/** Taps until the program is on the page it leads to. */
async function go(phone, testId, page, between = async () => {}) {
  for (let tried = 0; tried < 12 && (await phone.route()) !== `pages/${page}/index`; tried++) {
    await phone.at(testId).first().tap({ timeout: 3000 }).catch(() => undefined);
    await between();
    await phone.page.waitForSelector(`#app[data-route="pages/${page}/index"]`, { timeout: 4000 }).catch(() => undefined);
  }
  await phone.on(page);
}

async function walk(journey) {
  const { phone } = journey;
  await go(phone, 'sign-in', 'home');
  await go(phone, 'start-first', 'start');
  await phone.at('need-papers').waitFor();
  await go(phone, 'begin', 'verify');
  await fillVerification(phone, journey);
  await go(phone, 'next', 'subject');
  await fillSubject(phone, journey);
  await go(phone, 'next', 'principal');
  await fillPrincipal(phone, journey);
  await go(phone, 'next', 'site');
  await fillSite(phone);
  await go(phone, 'next', 'principal');
  await sameSitePrincipal(phone);
  await go(phone, 'next', 'face');
  await phone.tap('face-test');
  await phone.answer('允许');
  await phone.answer('允许');
  await go(phone, 'face-start', 'browser');
  await phone.page.goBack();
  await phone.on('face');
  await phone.top.locator('[data-testid="face-status"][data-status="passed"]').waitFor();
  await go(phone, 'next', 'materials');
  for (const [testId, file] of [['add-front', papers.idFront], ['add-back', papers.idBack], ['add-paper', papers.licence]]) {
    await phone.pickFile(testId, file);
  }
  await phone.at('papers-ready').waitFor();
  await go(phone, 'preview', 'preview');
  await phone.at('complete').waitFor();
  await go(phone, 'submit', 'submit');
  await agree(phone);
  await made(phone, cuts - 4);
  const allow = phone.page.getByRole('dialog').getByRole('button', { name: '允许', exact: true });
  await go(phone, 'submit', 'progress', () => allow.tap({ timeout: 2000 }).catch(() => undefined));
}

/** Everything that the walk types or chooses, as the server has it. */
function assertTyped({ verification, subject, sites, materials }, { domain, accountId, company, person }) {
  const identity = { name: person.name, certificateType: 2, certificateNumber: person.certificateNumber };
  const principal = { ...identity, validFrom: '2020-05-01', validTo: '2040-05-01', mobile: person.mobile, emergencyPhone: person.emergencyPhone, email: person.email };
  holds(verification, { region: { province: '110000', city: '110100', district: '110105' }, subjectNature: 4, certificateType: 1, certificateNumber: company.certificateNumber, domain });
  assert.equal(verification.resource.resourceId, `server-of-${accountId}`);
  holds(subject, { name: company.name, certificateAddress: company.address, mailingAddress: company.address, investor: person.name, legalRepresentative: identity });
  holds(subject.principal, principal);
  assert.equal(sites.length, 1);
  holds(sites[0], { name: '星河示例科技', serviceContents: [8], languages: [1], remark: '展示公司的产品和联系方式，供客户查阅和联系我们。' });
  holds(sites[0].principal, { sameAsSubjectPrincipal: true });
  assert.equal(materials.length, 3, 'each paper once');
}

function holds(stored, typed) {
  assert.deepEqual(Object.fromEntries(Object.keys(typed).map((name) => [name, stored[name]])), typed);
}

test('fifty cuts in one journey: all that was typed arrives, and it is submitted once', async (t) => {
  const seed = Number(process.env.CUTS_SEED ?? randomInt(2 ** 31));
  t.diagnostic(`CUTS_SEED=${seed}`);
  const journey = await companyPhone(unique('cut'));
  const { phone } = journey;
  await phone.page.evaluate(() => localStorage.clear());
  await phone.reopen();
  await phone.on('welcome');
  await bePatient(phone);
  const lost = await loseAnswers(phone);
  await phone.page.evaluate(cutInThePage, [seed, cuts]);
  const began = Date.now();
  await walk(journey).catch((error) => {
    throw new Error(`CUTS_SEED=${seed}: ${error.message}`, { cause: error });
  });
  t.diagnostic(`${await cutsMade(phone)} cuts and ${lost.length} lost answers before the last page, ${Date.now() - began} ms`);
  await made(phone, cuts);
  await phone.page.unroute('**/api/v1/**');
  const { items } = await asUser(phone, 'GET', '/filings');
  assert.equal(items.length, 1, 'one filing');
  const filing = await asUser(phone, 'GET', `/filings/${items[0].id}`);
  assertTyped(filing, journey);
  const timeline = await asUser(phone, 'GET', `/filings/${items[0].id}/timeline`);
  assert.equal(timeline.items.filter((entry) => entry.action === 'submit').length, 1, 'one submission');
  await phone.clean();
  await phone.close();
});

test('what was typed offline in a program that was closed is saved when it is opened again', async () => {
  const journey = await companyPhone(unique('shut'));
  const { phone } = journey;
  const { host } = await stack();
  const { id, siteId } = await fillBehind(phone, journey);
  await openPage(phone, 'site', { filingId: id, siteId });
  await phone.at('input-remark').waitFor();
  await phone.network('none');
  await phone.type('input-remark', '离线时写下的备注，介绍公司的产品和联系方式。');
  await phone.top.locator('[data-testid="save-mark"][data-state="offline"]').waitFor();
  await phone.look('site-offline');
  await phone.clean();
  await phone.page.close();

  const again = await openPhone(host, { ...phone.settings, language: 'zh_CN', context: phone.context });
  await again.on('home');
  const remark = async () => (await asUser(again, 'GET', `/filings/${id}`)).sites[0].remark;
  for (let tried = 0; tried < 40 && !(await remark()).startsWith('离线'); tried++) {
    await wait(250);
  }
  assert.equal(await remark(), '离线时写下的备注，介绍公司的产品和联系方式。');
  await again.clean();
  await again.close();
});
