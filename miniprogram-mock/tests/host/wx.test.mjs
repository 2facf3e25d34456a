import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startFixture, troubles } from './fixture-server.mjs';

let fixture;
before(async () => {
  fixture = await startFixture();
});
after(() => fixture.close());

/** Runs a call with callbacks in the page and answers what came. */
const call = (page, name, options) =>
  page.evaluate(
    ([api, given]) =>
      new Promise((resolve) => {
        wx[api]({ ...given, success: (result) => resolve({ ok: result }), fail: (error) => resolve({ fail: error.errMsg }) });
      }),
    [name, options],
  );

test('request: any status is a success, only the way there fails', async () => {
  const { page, close } = await fixture.open();
  const origin = 'https://api.example.test';
  const got = await call(page, 'request', { url: `${origin}/api/teapot`, data: { a: 1 } });
  assert.equal(got.ok.statusCode, 418);
  assert.equal(got.ok.data.path, '/api/teapot?a=1');
  assert.equal(got.ok.header['X-Note'], 'here');
  assert.equal((await call(page, 'request', { url: `${origin}/api/slow`, timeout: 100 })).fail, 'request:fail timeout');
  assert.equal((await call(page, 'request', { url: 'https://elsewhere.test/' })).fail, 'request:fail url not in domain list');
  const aborted = await page.evaluate(
    (url) =>
      new Promise((resolve) => {
        wx.request({ url, fail: (error) => resolve(error.errMsg) }).abort();
      }),
    `${origin}/api/slow`,
  );
  assert.equal(aborted, 'request:fail abort');
  await close();
});

test('a lost network fails what is under way and what comes, until it is back', async () => {
  const { page, close } = await fixture.open();
  const seen = await page.evaluate(async () => {
    const changes = [];
    wx.onNetworkStatusChange(({ isConnected }) => changes.push(isConnected));
    const ask = (path) =>
      new Promise((resolve) => {
        wx.request({ url: `https://api.example.test/api/${path}`, success: () => resolve('ok'), fail: ({ errMsg }) => resolve(errMsg) });
      });
    const underWay = ask('slow');
    setTimeout(() => mock.network('none'), 50);
    const answers = [await underWay, await ask('x'), (await wx.getNetworkType()).networkType];
    mock.network('wifi');
    return { answers: [...answers, await ask('x')], changes };
  });
  assert.deepEqual(seen, { answers: ['request:fail', 'request:fail', 'none', 'ok'], changes: [false, true] });
  await close();
});

test('an API that is down is a failed request, not a status', async () => {
  const { page, close } = await fixture.open();
  fixture.api.closeAllConnections();
  const { port } = fixture.api.address();
  await new Promise((resolve) => {
    fixture.api.close(resolve);
    fixture.api.closeAllConnections();
  });
  assert.equal((await call(page, 'request', { url: 'https://api.example.test/api/x' })).fail, 'request:fail');
  await new Promise((resolve) => {
    fixture.api.listen(port, '127.0.0.1', resolve);
  });
  await close();
});

test('a picture is chosen by a real file chooser, shown and uploaded', async () => {
  const { page, cur, close } = await fixture.open();
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), cur().getByRole('button', { name: 'Picture' }).tap()]);
  const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==', 'base64');
  await chooser.setFiles({ name: 'paper.png', mimeType: 'image/png', buffer: png });
  await cur()
    .getByText(/^200 .*multipart\/form-data/)
    .waitFor();
  await page.waitForFunction(() => document.querySelector('img[alt="Chosen picture"]')?.naturalWidth === 1);
  assert.deepEqual(await troubles(page), []);
  await close();
});

test('storage keeps types, and one drawer for each user', async () => {
  const { page, close } = await fixture.open();
  const seen = await page.evaluate(async () => {
    wx.setStorageSync('a', { b: [1, null] });
    return [wx.getStorageSync('a'), wx.getStorageSync('none'), await wx.getStorage({ key: 'none' }).catch((error) => error.errMsg)];
  });
  assert.deepEqual(seen, [{ b: [1, null] }, '', 'getStorage:fail data not found']);
  await page.goto(`${fixture.host.url}/?bare=1&user=chen`);
  assert.equal(await page.evaluate(() => wx.getStorageSync('a')), '');
  await close();
});

test('a saved file is there after a reload, until it is removed', async () => {
  const { page, close } = await fixture.open();
  const path = await page.evaluate(async () => {
    mock.files = [new File(['hello'], 'paper.txt')];
    const { tempFiles } = await wx.chooseMessageFile({ count: 1 });
    return (await wx.getFileSystemManager().saveFile({ tempFilePath: tempFiles[0].path })).savedFilePath;
  });
  await page.reload();
  await page.waitForSelector('#app[data-route]');
  const read = () =>
    page.evaluate(
      (filePath) =>
        wx
          .getFileSystemManager()
          .readFile({ filePath, encoding: 'utf8' })
          .then(
            ({ data }) => data,
            ({ errMsg }) => errMsg,
          ),
      path,
    );
  assert.equal(await read(), 'hello');
  await page.evaluate((filePath) => wx.getFileSystemManager().unlink({ filePath }), path);
  await page.reload();
  await page.waitForSelector('#app[data-route]');
  assert.match(await read(), /^readFile:fail no such file/);
  await close();
});

test('what the API says of frames and of its own address is seen from the host', async () => {
  const seen = await fetch(`${fixture.host.url}/api/framed`, { redirect: 'manual' });
  assert.equal(seen.headers.get('content-security-policy'), "default-src 'none'; frame-ancestors 'self'");
  assert.equal(seen.headers.get('location'), '/api/next');
});

test('a call can be made to fail, login is fresh each time, and the unknown is on record', async () => {
  const { page, cur, data, close } = await fixture.open();
  const seen = await page.evaluate(async () => {
    const codes = [(await wx.login()).code, (await wx.login()).code];
    mock.fail.login = { reason: 'timeout', times: 1 };
    const failed = await wx.login().catch((error) => error.errMsg);
    return {
      codes,
      failed,
      again: (await wx.login()).errMsg,
      facial: typeof wx.startFacialRecognitionVerify,
      unknown: typeof wx.noSuchCall,
      missing: mock.missing,
    };
  });
  assert.match(seen.codes[0], /^sandbox-lin-\w+$/);
  assert.notEqual(seen.codes[0], seen.codes[1]);
  assert.deepEqual(
    { ...seen, codes: 0 },
    { codes: 0, failed: 'login:fail timeout', again: 'login:ok', facial: 'undefined', unknown: 'undefined', missing: ['noSuchCall'] },
  );
  await cur().getByRole('button', { name: 'Phone' }).tap();
  assert.match((await data()).answer, /^sandbox-phone-13800000001-/);
  await close();
});

test('a subscription is only open to a tap', async () => {
  const { page, close } = await fixture.open();
  assert.equal((await call(page, 'requestSubscribeMessage', { tmplIds: ['a'] })).fail, 'requestSubscribeMessage:fail can only be invoked by user TAP gesture.');
  await close();
});
