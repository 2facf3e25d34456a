import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startFixture, troubles } from './fixture-server.mjs';

let fixture;
before(async () => {
  fixture = await startFixture();
});
after(() => fixture.close());

test('a form is filled by touch and keyboard, and hands over what was entered', async () => {
  const { page, cur, data, close } = await fixture.open();
  await cur().getByLabel('Name').tap();
  await page.keyboard.type('王小明');
  assert.equal(await cur().getByTestId('greeting').textContent(), 'Hello 王小明');
  await cur().getByLabel('Remark').fill('one\ntwo');
  await cur().getByText('Company').tap();
  assert.equal((await data()).answer, 'b');
  await cur().getByRole('checkbox', { name: 'I agree' }).tap();
  await cur().getByRole('switch', { name: 'Public' }).tap();
  await cur().getByRole('combobox', { name: 'Place' }).tap();
  await page.getByRole('option', { name: 'Shanghai' }).tap();
  await page.getByRole('button', { name: '确定' }).tap();
  await cur().getByRole('button', { name: 'Send' }).tap();
  assert.deepEqual(JSON.parse((await data()).answer), { name: '王小明', remark: 'one\ntwo', kind: 'b', agreed: ['yes'], open: true, place: 1 });
  assert.deepEqual(await troubles(page), []);
  await close();
});

test('everything that can be tapped works by keyboard too', async () => {
  const { page, cur, data, close } = await fixture.open();
  await cur().getByRole('radio', { name: 'Person' }).focus();
  await page.keyboard.press('ArrowDown');
  assert.equal((await data()).answer, 'b');
  await cur().getByRole('checkbox', { name: 'I agree' }).press(' ');
  assert.equal(await cur().getByRole('checkbox', { name: 'I agree' }).getAttribute('aria-checked'), 'true');
  await cur().getByRole('combobox', { name: 'Place' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('listbox').focus();
  await page.keyboard.press('ArrowDown');
  await page.getByRole('button', { name: '确定' }).press('Enter');
  assert.equal((await data()).place, 1);
  await cur().getByRole('button', { name: 'Ask' }).press(' ');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByRole('status').getByText('Yes').waitFor();
  assert.deepEqual(await troubles(page), []);
  await close();
});

test('the columns of a picker follow each other', async () => {
  const { page, cur, data, close } = await fixture.open();
  await cur().getByRole('combobox', { name: 'Parts' }).tap();
  await page.getByRole('option', { name: 'y', exact: true }).tap();
  await page.getByRole('option', { name: 'y2' }).tap();
  await page.getByRole('button', { name: '确定' }).tap();
  assert.deepEqual((await data()).part, [1, 1]);
  assert.deepEqual(await troubles(page), []);
  await close();
});

test('a component keeps its styles to itself, and a disabled button is deaf', async () => {
  const { page, cur, data, close } = await fixture.open();
  await cur().getByRole('button', { name: 'A card' }).press('Enter');
  await cur().getByRole('button', { name: 'Never' }).tap({ force: true });
  assert.equal((await data()).pressed, 1);
  const colour = (locator) => locator.evaluate((node) => getComputedStyle(node).color);
  assert.equal(await colour(cur().getByRole('button', { name: 'A card' })), 'rgb(0, 0, 255)');
  assert.equal(await colour(cur().getByTestId('greeting')), 'rgb(17, 17, 17)');
  assert.equal(await cur().getByRole('progressbar').getAttribute('aria-valuenow'), '30');
  assert.deepEqual(await troubles(page), []);
  await close();
});

test('text grows with the size chosen in WeChat, and dark mode reaches page and bar', async () => {
  const { page, cur, close } = await fixture.open('&font=2&theme=dark');
  const style = (locator, name) => locator.evaluate((node, property) => getComputedStyle(node)[property], name);
  assert.equal(await style(cur().getByTestId('greeting'), 'fontSize'), '48px');
  assert.equal(await style(cur().locator('wx-page'), 'backgroundColor'), 'rgb(17, 17, 17)');
  assert.equal(await style(cur().locator('.mp-bar'), 'backgroundColor'), 'rgb(22, 24, 22)');
  await close();
});

test('touches and a long press arrive', async () => {
  const { page, cur, data, close } = await fixture.open();
  const pad = cur().getByTestId('pad');
  await pad.tap();
  assert.equal((await data()).touches, 1);
  await pad.click({ delay: 500 });
  assert.equal((await data()).holds, 1);
  assert.equal(await pad.evaluate((node) => node.offsetHeight), 52);
  assert.deepEqual(await troubles(page), []);
  await close();
});
