// Every page of the program, in the states that people meet it in, looked at in four ways.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { endTests, stack } from './journeys.mjs';
import { everyone } from './people.mjs';
import { openPhone } from './phone.mjs';

const { pages } = JSON.parse(await readFile(resolve(import.meta.dirname, '../../miniprogram/app.json'), 'utf8'));

/** Who opens which page with what, by the names of the ids in people.mjs. Persons follow one another: another person is another start of the program. */
const pictures = [
  ['nobody', 'welcome'],
  ['fresh', 'home'],
  ['fresh', 'start'],
  ['fresh', 'join'],
  ['fresh', 'account'],
  ['fresh', 'sessions'],
  ['fresh', 'messages'],
  ['fresh', 'codes'],
  ['fresh', 'filed'],
  ['fresh', 'browser'],
  ['fresh', 'handover'],
  ['half', 'home'],
  ['half', 'overview', 'filingId'],
  ['half', 'verify', 'filingId'],
  ['half', 'subject', 'filingId'],
  ['half', 'principal', 'filingId'],
  ['half', 'principal', 'filingId', 'siteId'],
  ['half', 'sites', 'filingId'],
  ['half', 'site', 'filingId', 'siteId'],
  ['half', 'face', 'filingId', 'siteId'],
  ['half', 'handover', 'scene'],
  ['half', 'materials', 'filingId'],
  ['half', 'preview', 'filingId'],
  ['half', 'submit', 'filingId'],
  ['complete', 'overview', 'filingId'],
  ['complete', 'face', 'filingId', 'siteId'],
  ['complete', 'materials', 'filingId'],
  ['complete', 'preview', 'filingId'],
  ['complete', 'submit', 'filingId'],
  ['submitted', 'home'],
  ['submitted', 'progress', 'filingId'],
  ['submitted', 'call', 'filingId'],
  ['submitted', 'preview', 'filingId'],
  ['submitted', 'subject', 'filingId'],
  ['sentBack', 'home'],
  ['sentBack', 'progress', 'filingId'],
  ['sentBack', 'overview', 'filingId'],
  ['sentBack', 'site', 'filingId', 'siteId'],
  ['verifying', 'home'],
  ['verifying', 'progress', 'filingId'],
  ['approved', 'home'],
  ['approved', 'progress', 'filingId'],
  ['approved', 'filed', 'subjectId'],
  ['approved', 'start', 'kind'],
  ['approved', 'confirm', 'furtherId'],
  ['approved', 'resources'],
  ['approved', 'codes'],
  ['approved', 'messages'],
  ['approved', 'viewers'],
  ['approved', 'privacy'],
];

const looks = [
  ['as it is', {}],
  ['dark', { dark: true }],
  ['with the font doubled', { font: 2 }],
  ['in English', { language: 'en' }],
];

/** What the people of the pictures typed or a reviewer wrote to them. */
const typed = ['示例科技', '北京市朝阳区示例路', '林示例', '林**', '展示公司的产品和联系方式', '网站名称与主体不符', '请改为与主体相关的名称', '应急电话无法接通', '给第二个门店'];
/** Places below the province, which the data has no English for, and the names that languages have for themselves. */
const named = ['市辖区', '朝阳区', '中文', '简体中文'];

let cast = null;
let host = '';

before(async () => {
  host = (await stack()).host;
  cast = await everyone();
});

after(() => endTests());

test('no page is left out', () => {
  const shown = new Set(pictures.map(([, page]) => `pages/${page}/index`));
  assert.deepEqual(pages.filter((page) => !shown.has(page)), []);
});

describe('every page', { concurrency: 4 }, () => {
  for (const [name, settings] of looks) {
    test(name, () => lookAtAll(settings));
  }
});

async function lookAtAll(settings) {
  const phone = await openPhone(host, { user: 'nobody', ...settings, storageState: cast.storageState });
  const quiet = settled(phone.page);
  await phone.on('welcome');
  const faults = [];
  const attempt = (work) => work().catch((error) => faults.push(error.message));
  let last = 'nobody';
  for (const [who, page, ...names] of pictures) {
    if (who !== last) {
      await attempt(() => phone.clean());
      phone.settings.user = cast.people[who].user;
      await phone.reopen();
      await phone.on('home');
      last = who;
    }
    await phone.page.evaluate((url) => window.wx.reLaunch({ url }), `/pages/${page}/index?${queryOf(cast.people[who], names)}`);
    await phone.on(page);
    await quiet();
    await attempt(() => unwarned(phone));
    await attempt(() => phone.look(['gallery', who, page, ...(names.includes('siteId') ? ['site'] : [])].join('-')));
    if (settings.language === 'en') {
      await attempt(() => titledInEnglish(phone));
      await attempt(() => readInEnglish(phone, who));
    }
  }

  await attempt(() => phone.clean());
  await phone.close();
  assert.equal(faults.join('\n'), '');
}

function queryOf(person, names) {
  const { id, siteId, subjectId, furtherId, code } = person ?? {};
  const values = { filingId: id, siteId, subjectId, furtherId, scene: code, kind: 'addSite' };
  return new URLSearchParams(names.map((name) => [name === 'furtherId' ? 'filingId' : name, values[name]]));
}

/** Answers a wait until the page has had its answers from the server, and none has been asked for since. */
function settled(page) {
  const open = new Set();
  let changed = Date.now();
  const note = (change) => (request) => {
    change(request);
    changed = Date.now();
  };
  page.on('request', note((request) => open.add(request)));
  page.on('requestfinished', note((request) => open.delete(request)));
  page.on('requestfailed', note((request) => open.delete(request)));
  return async () => {
    changed = Date.now();
    while (open.size > 0 || Date.now() - changed < 120) {
      await page.waitForTimeout(30);
    }
  };
}

async function titledInEnglish(phone) {
  const title = await phone.page.locator('.mp-page:not(.mp-hidden)').getAttribute('data-title');
  assert.match(title, /^[\x20-\x7e’–]+$/, `${await phone.route()}: a title in English`);
}

/** What stands in Chinese on English pages: official numbers, and words that are spoken about, such as those looked for in Chinese texts. */
const chineseByNature = [
  /[\u4e00-\u9fff]ICP备\d+号(-\d+)?/g,
  /[“「][^”」]*[”」]/g,
];

/** No Chinese on the page but that, what its people typed, and what is named after that. */
async function readInEnglish(phone, who) {
  const text = await phone.top.innerText();
  const lines = text.split('\n').filter((line) => /[\u4e00-\u9fff\uff00-\uffef]/.test(chineseByNature.reduce((left, form) => left.replaceAll(form, ''), line)));
  const faults = lines.filter((line) => !named.includes(line.trim()) && !typed.some((word) => line.includes(word)));
  assert.deepEqual([...new Set(faults)], [], `${who} on ${await phone.route()}: Chinese on an English page`);
}

async function unwarned(phone) {
  const warnings = await phone.page.evaluate(() => window.mock.warnings.splice(0));
  assert.equal([...new Set(warnings)].join('\n'), '', `${await phone.route()}: warnings of the framework`);
}
