// Every page of the console with something on it, in both languages, on a desk and on a phone: what a machine can see of them, and pictures for people.
import assert from 'node:assert/strict';
import { createHmac, randomBytes } from 'node:crypto';
import { after, before, beforeEach, test } from 'node:test';
import { Applicant, openDesk } from './desk.mjs';
import { closeBrowser } from './phone.mjs';
import { provider } from './provider.mjs';
import { startApi } from './stack.mjs';

const run = randomBytes(2).toString('hex');
const sizes = { wide: { width: 1280, height: 900 }, narrow: { width: 390, height: 844 } };
const languages = { zh: 'zh-CN', en: 'en-GB' };

let api;
let office;
let filings;
let wrong = [];

beforeEach(() => (wrong = []));

before(async () => {
  if (process.env.BEIAN_E2E_API) {
    // The runner has built it.
    process.env.BEIAN_API_NO_BUILD = '1';
  }
  api = await startApi({ 'Policy:SecondReviewer': 'true', 'RateLimits:AddressPerMinute': 100000, 'RateLimits:LoginPerMinute': 10000, 'RateLimits:UserPerMinute': 100000 });
  office = provider(api.url);
  await Promise.all([office.admin('GET', '/review/filings'), office.reviewer('GET', '/review/filings')]);
  filings = Object.fromEntries(['fresh', 'again', 'second', 'waits', 'filed'].map((name) => [name, new Applicant(office, api.url, `${name}y${run}`)]));
  // A number for which the sandbox's gateway has no text: its message becomes a dead letter.
  filings.filed.person.mobile = '13800009003';
  await Promise.all(Object.values(filings).map((applicant) => applicant.submitFirst(applicant === filings.again ? { siteName: '科技展示' } : {})));
  await Promise.all([sentBackAndAgain(filings.again), onceApproved(filings.second), handedOver(filings.waits), filed(filings.filed), codes(filings.fresh)]);
});

after(async () => {
  await closeBrowser();
  await api?.stop();
});

async function called(applicant, by = office.admin) {
  await by('POST', `/review/filings/${applicant.id}/claim`);
  await by('POST', `/review/filings/${applicant.id}/calls`, { phone: applicant.person.mobile, outcome: 'reached', note: '核对无误' });
}

async function sentBackAndAgain(applicant) {
  await called(applicant);
  const findings = [{ pointer: '/sites/0/name', reason: '看不出是哪家公司的网站', suggestion: '请写明公司或产品' }];
  await office.admin('POST', `/review/filings/${applicant.id}/rejection`, { kind: 'modification', findings });
  await applicant.putSite('星河示例科技产品展示', '展示公司的产品和联系方式');
  await applicant.submit();
  await office.reviewer('POST', `/review/filings/${applicant.id}/claim`);
}

async function onceApproved(applicant) {
  await called(applicant);
  await office.admin('POST', `/review/filings/${applicant.id}/approval`, { explanations: await explanations(applicant) });
}

async function handedOver(applicant) {
  await onceApproved(applicant);
  await called(applicant, office.reviewer);
  await office.reviewer('POST', `/review/filings/${applicant.id}/approval`, { explanations: await explanations(applicant) });
  await office.handOver(applicant.id);
}

async function filed(applicant) {
  await handedOver(applicant);
  await office.smsVerified(applicant.id);
  const number = (applicant.icp = `京ICP备2026${run.replace(/[a-f]/g, (letter) => letter.charCodeAt(0) % 10)}01号`);
  await office.decide(applicant.id, number, [{ siteId: applicant.siteId, number: `${number}-1` }]);
}

async function codes(applicant) {
  await applicant.call('POST', '/auth-codes', { resourceId: `server-of-${applicant.accountId}`, targetAccountId: applicant.accountId, count: 2 });
}

async function explanations(applicant) {
  const { unexplained } = await office.reviewer('GET', `/review/filings/${applicant.id}`);
  return unexplained.map(({ check, siteId }) => ({ check, siteId, note: '已人工核对' }));
}

/** Text of the page in Chinese, without what people typed, what is official, and names of papers and places as the authority has them. */
function chinese(page, typed) {
  return page.evaluate((known) => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const holder = node.parentElement;
      if (/\p{Script=Han}/u.test(node.data) && !holder.closest('[lang="zh-CN"], script, style')) {
        const rest = known.reduce((text, word) => text.replaceAll(word, ''), node.data.trim());
        if (/\p{Script=Han}/u.test(rest)) {
          found.push(rest);
        }
      }
    }
    return [...new Set(found)];
  }, typed);
}

/** Looks at the page that is open, at both sizes; what is wrong is gathered, so that one run shows all of it. */
async function look(desk, name, language) {
  for (const [size, viewport] of Object.entries(sizes)) {
    await desk.page.setViewportSize(viewport);
    await desk.look(`page-${name}-${language}-${size}`).catch((error) => wrong.push(error.message));
  }
  if (language === 'en') {
    const found = await chinese(desk.page, typed());
    wrong.push(...found.map((text) => `${name}: Chinese on an English page: ${text}`));
  }
}

async function logIn(userName, language) {
  const desk = await openDesk(api.url, userName, { locale: languages[language], viewport: sizes.wide });
  await desk.press(desk.page.locator('main button.primary'));
  await desk.page.waitForURL('**/console/queue');
  return desk;
}

/** What people typed, and who and what it is about. */
const typed = () => [
  ...Object.values(filings).flatMap(({ company, person }) => [company.name, company.address, person.name]),
  '星河示例科技产品展示', '星河示例科技', '科技展示', '展示公司的产品和联系方式', '看不出是哪家公司的网站', '请写明公司或产品', '核对无误', '已人工核对',
  // Masked, and official: places and filing numbers.
  '北京市朝阳区****', '林**', '北京市 / 市辖区 / 朝阳区', ...Object.values(filings).flatMap(({ icp }) => (icp ? [`${icp}-1`, icp] : [])),
];

const pages = () => [
  ['reviewer', 'queue', '/console/queue'],
  ['reviewer', 'queue-empty', '/console/queue?overdue=true'],
  ['reviewer', 'filing-new', `/console/filings/${filings.fresh.id}`],
  ['reviewer', 'filing-again', `/console/filings/${filings.again.id}`],
  ['reviewer', 'filing-second', `/console/filings/${filings.second.id}`],
  ['reviewer', 'filing-sms', `/console/filings/${filings.waits.id}`],
  ['reviewer', 'filing-filed', `/console/filings/${filings.filed.id}`],
  ['reviewer', 'sms', '/console/sms'],
  ['reviewer', 'results', '/console/results'],
  ['reviewer', 'reasons', '/console/reasons'],
  ['reviewer', 'stats', '/console/stats?days=7'],
  ['reviewer', 'deliveries', '/console/deliveries?state=all'],
  ['reviewer', 'account', '/console/account'],
  ['reviewer', 'password', '/console/password'],
  ['reviewer', 'forbidden', '/console/staff'],
  ['reviewer', 'not-there', '/console/filings/none'],
  ['reviewer', 'bad-cursor', '/console/queue?cursor=x'],
  ['admin', 'audit', '/console/audit'],
  ['admin', 'staff', '/console/staff'],
  ['admin', 'resources', '/console/resources'],
  ['admin', 'codes', '/console/codes'],
];

for (const language of Object.keys(languages)) {
  test(`every page holds, wide and narrow: ${language}`, async () => {
    await Promise.all(
      ['reviewer', 'admin'].map(async (userName) => {
        const desk = await logIn(userName, language);
        for (const [, name, path] of pages().filter(([user]) => user === userName)) {
          await desk.open(path);
          await look(desk, name, language);
        }
        if (userName === 'reviewer') {
          await results(desk, language);
        }
        await desk.close();
      }),
    );
    assert.deepEqual(wrong, []);
  });
}

test('the queue and a filing are worked by keys alone', async () => {
  const desk = await openDesk(api.url, 'reviewer', { viewport: sizes.wide });
  const { keyboard } = desk.page;
  await keyboard.press('Enter');
  await desk.page.waitForURL('**/console/queue');
  await keyboard.press('Tab');
  await desk.look('page-keys-skip');
  assert.equal((await focused(desk)).text, '跳到正文');
  await keyboard.press('Enter');
  assert.equal(await desk.page.evaluate(() => document.activeElement.id), 'main');
  await tabTo(desk, `领取 ${filings.fresh.number}`);
  await Promise.all([desk.page.waitForURL(`**/console/filings/${filings.fresh.id}`), keyboard.press('Enter')]);

  await tabTo(desk, '审核结论');
  await keyboard.press('Enter');
  await tabTo(desk, '给申请人的总体说明（退回时）');
  await desk.look('page-keys-decide');
  await desk.open(`/console/filings/${filings.fresh.id}`);
  await tabTo(desk, /^标记 ?网站名称$/);
  await keyboard.press('Enter');
  await keyboard.press('Tab');
  await keyboard.press('Space');
  await tabTo(desk, '通话记录');
  await keyboard.type('无人应答时再拨');
  await Promise.all([desk.page.waitForEvent('load'), keyboard.press('Enter')]);
  assert.equal(await desk.page.locator('input[name="note"]').inputValue(), '无人应答时再拨', 'Enter in a field shows the page again and decides nothing');
  assert.equal(await filings.fresh.state(), 'providerReview');

  await tabTo(desk, /^查看原件：/);
  await Promise.all([desk.page.waitForEvent('load'), keyboard.press('Enter')]);
  await keyboard.press('Tab');
  assert.equal((await focused(desk)).inside, 'papers', 'whoever opened a paper goes on beside it');
  await tabTo(desk, '通话记录', 'Shift+Tab');
  await keyboard.press('Control+A');
  await keyboard.press('Delete');
  await tabTo(desk, '要求修改');
  await Promise.all([desk.page.waitForEvent('load'), keyboard.press('Enter')]);
  assert.equal(await desk.tag(), 'modificationRequested', await desk.alert());
  await desk.close();
});

/** What has the focus, as it is called, and how it is shown. */
function focused(desk) {
  return desk.page.evaluate(() => {
    const element = document.activeElement;
    const box = element.getBoundingClientRect();
    const style = getComputedStyle(element);
    const label = element.getAttribute('aria-label') ?? element.labels?.[0]?.querySelector('span')?.textContent ?? element.textContent;
    return {
      text: label.replace(/\s+/g, ' ').trim(),
      inside: element.closest('[id]')?.id,
      isSeen: box.width > 1 && box.height > 1 && box.bottom > 0 && box.top < innerHeight && style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    };
  });
}

/** Presses a key until something has the focus; every stop on the way is seen to have it. */
async function tabTo(desk, name, key = 'Tab') {
  const passed = [];
  for (let pressed = 0; pressed < 250; pressed++) {
    await desk.page.keyboard.press(key);
    const at = await focused(desk);
    assert.ok(at.isSeen, `${at.text} has the focus, and nobody can see it`);
    if (name instanceof RegExp ? name.test(at.text) : at.text === name) {
      return;
    }
    passed.push(at.text);
  }
  assert.fail(`${name} is not reached by ${key}: ${passed.slice(0, 60).join(' | ')}`);
}

// Last, since these logins ask for a second factor from then on.
for (const language of Object.keys(languages)) {
  test(`the login and its second factor hold, wide and narrow: ${language}`, async () => {
    const userName = language === 'zh' ? 'reviewer' : 'admin';
    const desk = await openDesk(api.url, userName, { locale: languages[language], viewport: sizes.wide });
    await look(desk, 'login', language);
    await desk.page.locator('input[name="password"]').fill('made up');
    await desk.press(desk.page.locator('main button.primary'));
    await look(desk, 'login-refused', language);
    await desk.page.locator('input[name="password"]').fill(`sandbox-${userName}`);
    await desk.press(desk.page.locator('main button.primary'));
    await desk.page.waitForURL('**/console/queue');

    await desk.open('/console/second-factor');
    await look(desk, 'factor', language);
    await desk.press(desk.page.locator('main form button'));
    await look(desk, 'factor-scan', language);
    await desk.page.locator('input[name="code"]').fill(totp((await desk.page.locator('details .mono').textContent()).replace(/\s/g, '')));
    await desk.press(desk.page.locator('main button.primary'));
    await desk.page.locator('.codes li').first().waitFor();
    await look(desk, 'factor-recovery', language);
    await desk.open('/console/second-factor');
    await look(desk, 'factor-on', language);
    await desk.close();

    const next = await openDesk(api.url, userName, { locale: languages[language], viewport: sizes.wide });
    await next.press(next.page.locator('main button.primary'));
    await next.page.locator('input[autocomplete="one-time-code"]').waitFor();
    await look(next, 'login-code', language);
    await next.close();
    assert.deepEqual(wrong, []);
  });
}

/** A file with a good and two bad rows. */
async function results(desk, language) {
  await desk.open('/console/results');
  const rows = ['filingNumber,result,subjectNumber,siteDomain,siteNumber,reason', `${filings.filed.number},smsVerified,,,,`, '26010100000008,approved,,,,', `${filings.waits.number},maybe,,,,`];
  await desk.page.locator('input[type="file"]').setInputFiles({ name: 'results.csv', mimeType: 'text/csv', buffer: Buffer.from(rows.join('\r\n')) });
  await desk.press(desk.page.locator('main button.primary'));
  await look(desk, 'results-done', language);
}

/** RFC 6238, as an authenticator app does it. */
function totp(secret) {
  const bits = [...secret].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const hash = createHmac('sha1', key).update(counter).digest();
  const at = hash.at(-1) & 15;
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}
