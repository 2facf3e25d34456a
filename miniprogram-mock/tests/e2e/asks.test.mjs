// Where a form is about to change something that somebody typed, or cannot take it, it says so first.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { fillBehind, openForm, openPage } from './behind.mjs';
import { unique } from './identities.mjs';
import { asUser, companyPhone, endTests, papers } from './journeys.mjs';

let journey;
let phone;
let id;

before(async () => {
  journey = await companyPhone(unique('asks'));
  phone = journey.phone;
  ({ id } = await fillBehind(phone, journey));
});

after(() => endTests(phone));

const filing = () => asUser(phone, 'GET', `/filings/${id}`);

const openIt = (page) => openForm(phone, page, { filingId: id });

test('another nature is asked about when something does not fit it, and takes only that', async () => {
  await openIt('verify');
  await phone.choose('choose-subjectNature', '个人');
  const sheet = phone.at('confirm-sheet');
  await sheet.getByText('证件类型“营业执照（个人或企业）”不适用于“个人”').waitFor();
  await sheet.getByText('法定代表人姓名').waitFor();
  await phone.look('nature-asked');
  await phone.tap('confirm-cancel');
  await phone.at('choose-subjectNature').getByText('企业').waitFor();
  await phone.at('choose-certificateType').getByText('营业执照').waitFor();

  await phone.choose('choose-subjectNature', '个人');
  await phone.tap('confirm-do');
  await phone.at('choose-certificateType').getByText('请选择').waitFor();
  await phone.saved();
  const { verification, subject } = await filing();
  assert.deepEqual([verification.subjectNature, verification.certificateType, verification.certificateNumber], [5, null, journey.company.certificateNumber]);
  assert.equal(subject.legalRepresentative.name, journey.person.name, 'kept, though not shown');

  // Nothing is filled in that would not fit.
  await phone.choose('choose-subjectNature', '企业');
  await phone.choose('choose-certificateType', '营业执照（个人或企业）');
  await phone.top.locator('[data-testid="checks"][data-verified="true"]').waitFor();
  await phone.saved();
});

test('what was read off a licence stands beside what was typed, to be taken one by one or all at once', async () => {
  await openIt('subject');
  await phone.type('input-certificateAddress', '北京市朝阳区旧址路2号');
  await phone.type('input-legalRepresentative.name', '王示例');
  await phone.saved();
  await phone.pickFile('ocr-licence', papers.licence);
  const sheet = phone.at('readings');
  const choose = (text) => sheet.getByRole('button').filter({ hasText: text }).tap();
  await sheet.getByText('主办单位名称').waitFor();
  for (const text of [journey.company.name, '星河示例科技（北京）有限公司', '北京市朝阳区旧址路2号', '北京市朝阳区示例路1号8层801室', '王示例', '林示例']) {
    assert.equal(await sheet.getByText(text, { exact: true }).count(), 1, text);
  }
  await phone.look('ocr-differs');
  await choose('北京市朝阳区示例路1号8层801室');
  await sheet.getByText('旧址路').waitFor({ state: 'detached' });
  await phone.tap('all-mine');
  await sheet.waitFor({ state: 'detached' });
  await phone.saved();
  const kept = (await filing()).subject;
  assert.deepEqual([kept.name, kept.certificateAddress, kept.legalRepresentative.name], [journey.company.name, '北京市朝阳区示例路1号8层801室', '王示例']);

  await phone.pickFile('ocr-licence', papers.licence);
  await phone.tap('all-theirs');
  await sheet.waitFor({ state: 'detached' });
  assert.deepEqual([await phone.held('input-name'), await phone.held('input-legalRepresentative.name')], ['星河示例科技（北京）有限公司', '林示例']);
  await phone.type('input-name', journey.company.name);
  await phone.saved();
});

/** Scrolls as far as it goes, until nothing more is offered. */
async function toTheEnd(more) {
  await phone.page.mouse.move(195, 400);
  for (let tried = 0; tried < 40 && (await phone.at(more).count()) > 0; tried++) {
    await phone.page.mouse.wheel(0, 20_000);
    await phone.page.waitForTimeout(250);
  }
  assert.equal(await phone.at(more).count(), 0);
}

test('a long list of cloud resources goes on at its end, and what is chosen is shown however far down it stands', async () => {
  const { office, accountId } = journey;
  const further = Array.from({ length: 44 }, (_, index) => `${index % 2 ? 'a' : 'z'}${String(index).padStart(2, '0')}-of-${accountId}`);
  for (const server of further) {
    await office.server(accountId, server);
  }
  const all = [...further, `server-of-${accountId}`].sort();
  const lines = phone.top.locator('[data-testid^="resource-"][data-testid*="-of-"]');
  const shown = async () => (await lines.evaluateAll((rows) => rows.map((row) => row.dataset.testid.slice('resource-'.length)))).sort();
  await openIt('verify');
  await phone.at(`resource-server-of-${accountId}`).and(phone.top.locator('[aria-checked="true"]')).waitFor();
  await lines.first().tap();
  await phone.saved();
  await openIt('verify');
  await lines.nth(19).waitFor();
  assert.equal(await lines.count(), 20);
  await phone.look('resources-more');
  // By itself: a tap would scroll to the button first, and the end of the page loads more.
  await phone.at('more-resources').evaluate((button) => button.click());
  await lines.nth(39).waitFor();
  await toTheEnd('more-resources');
  assert.deepEqual(await shown(), all);

  await openPage(phone, 'resources');
  await phone.at('resource').nth(19).waitFor();
  assert.equal(await phone.at('resource').count(), 20);
  await phone.at('more').evaluate((button) => button.click());
  await phone.at('resource').nth(39).waitFor();
  await phone.at('more').evaluate((button) => button.click());
  await phone.at('more').waitFor({ state: 'detached' });
  assert.equal(await phone.at('resource').count(), all.length);
});
