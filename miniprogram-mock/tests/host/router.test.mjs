import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startFixture, troubles } from './fixture-server.mjs';

let fixture;
before(async () => {
  fixture = await startFixture();
});
after(() => fixture.close());

const depth = (page) => page.evaluate(() => getCurrentPages().length);

test("pages open and close in WeChat's order, by the bar, by the browser and by code", async () => {
  const { page, cur, data, close } = await fixture.open();
  assert.deepEqual((await data()).life, ['load', 'show', 'ready']);
  for (const leave of [() => page.getByRole('button', { name: '返回' }).tap(), () => page.goBack(), () => cur().getByRole('button', { name: 'Leave' }).tap()]) {
    await cur().getByRole('button', { name: 'Next' }).tap();
    await page.waitForSelector('#app[data-route="pages/second/index"]');
    assert.equal(await cur().getByTestId('id').textContent(), 'Second 7');
    await leave();
    await page.waitForSelector('#app[data-route="pages/first/index"]');
    assert.equal(await depth(page), 1);
  }

  assert.deepEqual((await data()).life.slice(3), ['hide', 'show', 'hide', 'show', 'hide', 'show']);
  assert.deepEqual(await troubles(page), []);
  await close();
});

test('a reload starts again at the page that was open, with its query', async () => {
  const { page, cur, close } = await fixture.open();
  await cur().getByRole('button', { name: 'Next' }).tap();
  await page.waitForURL(/path=pages%2Fsecond%2Findex&id=7/);
  await page.reload();
  await page.waitForSelector('#app[data-route="pages/second/index"]');
  assert.equal(await cur().getByTestId('id').textContent(), 'Second 7');
  assert.equal(await depth(page), 1);
  await page.getByRole('button', { name: '回到首页' }).tap();
  await page.waitForSelector('#app[data-route="pages/first/index"]');
  await close();
});

test('a page of the web in a frame does not confuse the way back', async () => {
  const { page, cur, close } = await fixture.open();
  await cur().getByRole('button', { name: 'Next' }).tap();
  await page.evaluate(() => getCurrentPages()[1].setData({ web: 'https://api.example.test/api/one' }));
  await page.frameLocator('iframe').getByText('/api/one').waitFor();
  await page.evaluate(() => {
    document.querySelector('iframe').contentWindow.location.href = '/api/two';
  });
  await page.frameLocator('iframe').getByText('/api/two').waitFor();
  await page.getByRole('button', { name: '返回' }).tap();
  await page.waitForURL(/path=pages%2Ffirst%2Findex/);
  await cur().getByRole('button', { name: 'Next' }).tap();
  await page.waitForURL(/path=pages%2Fsecond%2Findex/);
  await page.goBack();
  await page.waitForSelector('#app[data-route="pages/first/index"]');
  assert.equal(await depth(page), 1);
  assert.deepEqual(await troubles(page), []);
  await close();
});

test('reLaunch leaves one page and no way back into the old ones', async () => {
  const { page, cur, close } = await fixture.open();
  await cur().getByRole('button', { name: 'Next' }).tap();
  await cur().getByRole('button', { name: 'Start again' }).tap();
  await page.waitForURL(/path=pages%2Ffirst%2Findex&name=again/);
  assert.equal(await depth(page), 1);
  assert.equal(await cur().getByTestId('greeting').textContent(), 'Hello again');
  assert.deepEqual(await troubles(page), []);
  await close();
});

test('a page that asks first is asked at every way out', async () => {
  const { page, cur, close } = await fixture.open('&path=pages/first/index');
  await cur().getByRole('button', { name: 'Next' }).tap();
  await cur().getByRole('button', { name: 'Guard' }).tap();
  await page.goBack();
  await page.getByRole('dialog').getByRole('button', { name: '取消' }).tap();
  assert.equal(await depth(page), 2);
  await page.getByRole('button', { name: '返回' }).tap();
  await page.getByRole('dialog').getByRole('button', { name: '确定' }).tap();
  await page.waitForSelector('#app[data-route="pages/first/index"]');
  await close();
});

test('the eleventh page is refused, and so is one that does not exist', async () => {
  const { page, close } = await fixture.open();
  const go = (url) =>
    page.evaluate(
      (target) =>
        wx.navigateTo({ url: target }).then(
          (answer) => answer.errMsg,
          (error) => error.errMsg,
        ),
      url,
    );
  for (let index = 0; index < 9; index += 1) {
    assert.equal(await go('/pages/second/index'), 'navigateTo:ok');
  }

  assert.equal(await go('/pages/second/index'), 'navigateTo:fail webview count limit exceed');
  assert.match(await go('/pages/none/index'), /^navigateTo:fail page "pages\/none\/index" is not found/);
  await close();
});
