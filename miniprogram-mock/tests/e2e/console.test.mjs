// A reviewer's day at the console: twenty filings of mixed quality from the queue to their numbers. The server is one of its own, since its clock is moved.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import { Applicant, openDesk } from './desk.mjs';
import { closeBrowser } from './phone.mjs';
import { provider } from './provider.mjs';
import { startApi } from './stack.mjs';

const run = randomBytes(2).toString('hex');
const several = async (items, act) => {
  const left = [...items];
  await Promise.all(Array.from({ length: 4 }, async () => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      await act(next);
    }
  }));
};

let api;
let office;
let desk;
let all;
let byName;
let serial = 0;

before(async () => {
  if (process.env.BEIAN_E2E_API) {
    // The runner has built it.
    process.env.BEIAN_API_NO_BUILD = '1';
  }
  api = await startApi();
  office = provider(api.url);
  await office.admin('GET', '/review/filings');
  const names = [...Array.from({ length: 10 }, (_, i) => `clean${i}`), 'vague0', 'vague1', 'vague2', 'silent', 'shell', 'busy', 'smsless', 'disliked', 'filed0', 'filed1'];
  all = names.map((name) => new Applicant(office, api.url, `${name}x${run}`));
  byName = Object.fromEntries(names.map((name, index) => [name, all[index]]));
  await several(names, (name) =>
    byName[name].submitFirst(
      name.startsWith('vague') ? { siteName: '科技展示', remark: '展示产品' } : name === 'busy' ? { remark: '<script>document.title="x"</script> 展示公司的产品和联系方式' } : {},
    ),
  );
});

after(async () => {
  await closeBrowser();
  await api?.stop();
});

/** Claimed, called, with a word on what could not be checked, passed and handed over. */
async function pass(applicant, look = null) {
  await desk.filing(applicant);
  if (await desk.page.getByRole('button', { name: '领取', exact: true }).count()) {
    await desk.press('领取');
  }
  await desk.page.locator('input[name="note"]').fill('核对无误');
  await desk.press('已接通');
  await look?.('filing-called');
  await desk.explain();
  await desk.press('通过');
  assert.equal(await desk.tag(), 'pendingAuthority', `${applicant.name}: ${await desk.alert()}`);
  await look?.('filing-approved');
  await desk.press('提交管局');
  assert.equal(await desk.tag(), 'smsVerification', `${applicant.name}: ${await desk.alert()}`);
  await look?.('filing-sms');
}

const numberOf = () => `京ICP备2026${run.replace(/[a-f]/g, (letter) => letter.charCodeAt(0) % 10).slice(0, 4)}${String(++serial).padStart(2, '0')}号`;

test('twenty filings are in the queue, which asks for a login first', async () => {
  desk = await openDesk(api.url, 'reviewer');
  await desk.look('login');
  await desk.press('登录');
  await desk.page.waitForURL('**/console/queue');
  await desk.look('queue');
  for (const { name } of all) {
    assert.equal(await byName[name.split('x')[0]].state(), 'providerReview', name);
  }
});

test('a filing is masked until a reason is given, and its papers open beside it, turned and enlarged', async () => {
  const { person } = byName.clean0;
  await desk.filing(byName.clean0);
  await desk.look('filing-new');
  assert.doesNotMatch(await desk.page.content(), new RegExp(`${person.mobile}|${person.certificateNumber}`));
  await desk.press('查看完整信息');
  assert.match(await desk.alert(), /填写理由/);
  await desk.page.locator('input[name="fullViewReason"]').fill('核对身份证件');
  await desk.press('查看完整信息');
  assert.match(await desk.page.content(), new RegExp(person.mobile));

  await desk.press(desk.page.getByRole('button', { name: /^查看原件：/ }).first());
  const picture = desk.page.locator('.stage img');
  assert.ok(await picture.evaluate((image) => image.decode().then(() => image.naturalWidth > 0)));
  const before = await picture.boundingBox();
  await desk.page.getByRole('button', { name: '放大' }).click();
  await desk.page.getByRole('button', { name: '向右旋转' }).click();
  assert.ok((await picture.boundingBox()).height > before.height);
  await desk.look('filing-paper');
  const copy = desk.page.getByRole('button', { name: /^查看报送副本：/ }).first();
  if (await copy.count()) {
    await desk.press(copy);
    assert.ok(await desk.page.locator('.stage img').evaluate((image) => image.decode().then(() => image.naturalWidth > 0)));
    await desk.look('filing-authority-copy');
  }
});

test('what was typed survives a refusal, a claim and another paper', async () => {
  await desk.filing(byName.vague0);
  const box = await desk.mark('/sites/0/name');
  await box.getByRole('checkbox').first().check();
  await box.locator('input[name="reason:/sites/0/name"]').fill('看不出是哪家公司的网站');
  await desk.page.locator('textarea[name="why"]').fill('请按意见修改后再次提交');
  await desk.press('要求修改');
  assert.match(await desk.alert(), /尚未领取/);
  await desk.look('filing-refused');
  const typed = async () => [
    await desk.page.locator('input[name="reason:/sites/0/name"]').inputValue(),
    await desk.page.locator('textarea[name="why"]').inputValue(),
    await (await desk.mark('/sites/0/name')).getByRole('checkbox').first().isChecked(),
  ];
  const kept = ['看不出是哪家公司的网站', '请按意见修改后再次提交', true];
  assert.deepEqual(await typed(), kept);
  await desk.press('领取');
  assert.deepEqual(await typed(), kept);
  await desk.press(desk.page.getByRole('button', { name: /^查看原件：/ }).first());
  assert.deepEqual(await typed(), kept);
  await desk.look('filing-marked');
  await desk.press('要求修改');
  assert.equal(await desk.tag(), 'modificationRequested');
  const { findings } = (await byName.vague0.read()).rejection;
  assert.deepEqual(findings.map(({ pointer }) => pointer), ['/sites/0/name', '/sites/0/name']);
});

test('a login that lapses while somebody types loses nothing, and does not lapse while the script hears them', async () => {
  const writer = await openDesk(api.url, 'reviewer');
  await writer.press('登录');
  await writer.page.clock.install();
  await writer.filing(byName.vague2);
  await (await writer.mark('/sites/0/remark')).locator('input[name="reason:/sites/0/remark"]').fill('备注过短');
  const beat = writer.page.waitForResponse(/\/console\/alive$/);
  await writer.page.clock.fastForward(31_000);
  assert.equal((await beat).status(), 204);

  const other = await writer.context.newPage();
  await other.goto(`${api.url}/console/account`);
  const ended = other.waitForEvent('load');
  await other.locator('form[action="/console/logout"] button').click();
  await ended;
  await writer.page.locator('input[name="fullViewReason"]').fill('核对身份证件');
  await writer.press('查看完整信息');
  assert.match(await writer.alert(), /登录已结束/);
  assert.doesNotMatch(writer.page.url(), /核对|备注|%E/);
  await writer.look('login-ended');
  const [login] = await Promise.all([writer.context.waitForEvent('page'), writer.page.getByRole('link', { name: '在新标签页登录' }).click()]);
  await login.locator('input[name="userName"]').fill('reviewer');
  await login.locator('input[name="password"]').fill('sandbox-reviewer');
  await login.getByRole('button', { name: '登录', exact: true }).click();
  await login.waitForURL('**/console/queue');
  await writer.press('重新提交');
  assert.equal(await writer.page.locator('input[name="reason:/sites/0/remark"]').inputValue(), '备注过短');
  assert.match(await writer.page.content(), new RegExp(byName.vague2.person.mobile));
  await Promise.all([other.close(), login.close()]);
  await writer.close();
});

test('a text of the catalogue is reworded, an own one is added and chosen', async () => {
  await desk.open('/console/reasons');
  await desk.page.locator('select[name="field"]').selectOption('service.remark');
  await desk.page.locator('input[name="reason"]').fill('备注没有说明网站用途');
  await desk.page.locator('input[name="suggestion"]').fill('请写明网站给谁看、看什么');
  await desk.press('保存');
  await desk.look('reasons');
  await desk.filing(byName.vague1);
  await desk.press('领取');
  await (await desk.mark('/sites/0/remark')).getByRole('checkbox', { name: /备注没有说明网站用途/ }).check();
  const name = await desk.mark('/sites/0/name');
  await name.getByRole('button', { name: /^改写/ }).first().click();
  await name.locator('input[name="reason:/sites/0/name"]').fill('网站名称过于笼统');
  await desk.press('要求修改');
  await desk.filing(byName.vague2);
  await desk.press('领取');
  await (await desk.mark('/sites/0/remark')).getByRole('checkbox', { name: /备注没有说明网站用途/ }).check();
  await desk.press('要求修改');
  const { findings } = (await byName.vague1.read()).rejection;
  assert.ok(findings.some(({ reason }) => reason === '网站名称过于笼统') && findings.some(({ suggestion }) => suggestion === '请写明网站给谁看、看什么'));
});

test('filings sent back come again, and only then show what changed', async () => {
  for (const name of ['vague0', 'vague1', 'vague2']) {
    const applicant = byName[name];
    await applicant.putSite(name === 'vague2' ? '科技展示' : '星河示例科技产品展示', name === 'vague0' ? '展示产品' : '向客户展示公司的产品和联系方式');
    await applicant.submit();
    assert.equal(await applicant.state(), 'providerReview');
    await desk.filing(applicant);
    await desk.page.getByRole('heading', { name: '与上一轮的差异' }).waitFor();
    assert.ok((await desk.page.locator('#changes tbody tr').count()) >= 1);
    if (name === 'vague1') {
      await desk.look('filing-round-2');
    }
  }
  await desk.filing(byName.clean1);
  assert.equal(await desk.page.locator('#changes').count(), 0);
});

test('two reviewers: the second one sees who has it and decides nothing', async () => {
  await office.admin('POST', `/review/filings/${byName.busy.id}/claim`);
  await desk.filing(byName.busy);
  assert.doesNotMatch(await desk.page.title(), /^x/);
  await desk.page.getByText('正在审核').first().waitFor();
  await desk.page.locator('textarea[name="why"]').fill('想要驳回');
  await desk.press('驳回');
  assert.match(await desk.alert(), /已被其他审核员领取/);
  assert.equal(await desk.page.locator('textarea[name="why"]').inputValue(), '想要驳回');
  await desk.look('filing-claimed-by-other');
  await office.admin('POST', `/review/filings/${byName.busy.id}/release`);
});

test('nobody answers twice, an hour apart, and a shell company is rejected', async () => {
  await desk.filing(byName.silent);
  await desk.press('领取');
  await desk.press('未接通');
  await desk.page.getByText('再次未接通计数').waitFor();
  await desk.look('filing-missed-call');
  await office.sandbox('POST', '/clock', { advance: 'PT61M' });
  await desk.filing(byName.silent);
  await desk.press('未接通');
  assert.equal(await desk.tag(), 'providerRejected');
  await desk.filing(byName.shell);
  await desk.press('领取');
  const whole = await desk.mark('/subject');
  await whole.getByRole('checkbox', { name: /空壳主体/ }).check();
  await desk.press('驳回');
  assert.equal(await desk.tag(), 'providerRejected');
});

test('everything else is passed and handed over', async () => {
  const rest = all.filter((applicant) => applicant !== byName.silent && applicant !== byName.shell);
  for (const [index, applicant] of rest.entries()) {
    await pass(applicant, index === 0 ? (name) => desk.look(name) : null);
  }
  const download = desk.page.waitForEvent('download');
  await desk.page.getByRole('link', { name: '下载报送文件' }).click();
  assert.match((await download).suggestedFilename(), /^\d+\.json$/);
});

test('codes are entered, one is not, and the board counts down', async () => {
  await desk.open('/console/sms');
  assert.equal(await desk.page.locator('tbody tr').count(), 18);
  const clock = desk.page.locator('.clock').first();
  const first = await clock.innerText();
  assert.match(first, /^2[34]:\d\d:\d\d$|^23:/);
  await desk.look('sms-board');
  const row = desk.page.locator('tbody tr', { hasText: byName.smsless.number });
  await row.locator('select').selectOption('tooManyErrors');
  await desk.press(row.getByRole('button', { name: /核验失败$/ }));
  assert.equal(await byName.smsless.state(), 'smsFailed');
  for (const name of ['clean0', 'clean1', 'clean2', 'disliked']) {
    await desk.press(desk.page.locator('tbody tr', { hasText: byName[name].number }).getByRole('button', { name: /已核验$/ }));
    assert.equal(await byName[name].state(), 'authorityReview');
  }
});

test('the authority answers, one by one and by file', async () => {
  await desk.filing(byName.clean0);
  await desk.page.locator('input[name="subjectNumber"]').fill('京ICP备1号');
  await desk.press('登记通过');
  assert.match(await desk.page.locator('.error').first().innerText(), /备案号/);
  await desk.look('filing-authority-result');
  for (const name of ['clean0', 'clean1']) {
    const number = numberOf();
    await desk.filing(byName[name]);
    await desk.page.locator('input[name="subjectNumber"]').fill(number);
    await desk.page.locator('input[name^="number:"]').fill(`${number}-1`);
    await desk.press('登记通过');
    assert.equal(await desk.tag(), 'approved', await desk.alert());
  }
  await desk.look('filing-filed');
  await desk.filing(byName.disliked);
  await (await desk.mark('/sites/0/serviceContents')).getByRole('checkbox').first().check();
  await desk.page.locator('textarea[name="why"]').fill('服务内容与经营范围不符');
  await desk.press('登记驳回');
  assert.equal(await desk.tag(), 'authorityRejected', await desk.alert());

  await desk.open('/console/results');
  await desk.look('results');
  const left = ['clean2', ...Array.from({ length: 7 }, (_, i) => `clean${i + 3}`), 'vague0', 'vague1', 'vague2', 'busy', 'filed0', 'filed1'];
  const rows = ['filingNumber,result,subjectNumber,siteDomain,siteNumber,reason'];
  for (const name of left) {
    const number = numberOf();
    rows.push(...(name === 'clean2' ? [] : [`${byName[name].number},smsVerified,,,,`]), `${byName[name].number},approved,${number},,${number}-1,`);
  }
  rows.push('26010100000008,approved,,,,', `${byName.smsless.number},maybe,,,,`);
  await desk.page.locator('input[type="file"]').setInputFiles({ name: 'results.csv', mimeType: 'text/csv', buffer: Buffer.from(rows.join('\r\n')) });
  await desk.press('上传');
  await desk.look('results-done');
  assert.equal(await desk.page.locator('.tag.bad').count(), 2);
  for (const name of left) {
    assert.equal(await byName[name].state(), 'approved', name);
  }
});

test('the pages of the other language, of a phone and of the night hold as well', async () => {
  const night = await openDesk(api.url, 'reviewer', { colorScheme: 'dark', locale: 'en-GB', viewport: { width: 390, height: 844 } });
  await night.look('login-en-dark-phone');
  await night.press('Log in');
  for (const [path, name] of [['/console/queue', 'queue'], [`/console/filings/${byName.disliked.id}`, 'filing'], [`/console/filings/${byName.smsless.id}`, 'filing-sms-failed'], ['/console/sms', 'sms-board'], ['/console/results', 'results'], ['/console/reasons', 'reasons'], ['/console/account', 'account']]) {
    await night.open(path);
    await night.look(`${name}-en-dark-phone`);
  }
  await night.close();
  await desk.close();
});
