import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { ApiError, createAborter, createClient, type ErrorKind, type Tokens } from '../../miniprogram/api/index';
import { createQueue } from '../../miniprogram/api/queue';
import { createFakeWx } from './fakeWx';
import { problem, type Reply, type Seen, startServer } from './server';

const filings = '/api/v1/filings';
const lin = { id: 'lin', isNew: false, phone: null };

function tokensOf(name: string, expiresAt = Date.now() + 900_000): Tokens {
  return { accessToken: `access-${name}`, refreshToken: `refresh-${name}`, expiresAt, userId: 'lin' };
}

async function setUp(t: TestContext, answer: (request: Seen, count: number) => Reply, more: { tokens?: Tokens | null; code?: string | null; timeoutMs?: number } = {}) {
  const server = await startServer(answer);
  t.after(server.close);
  const wx = createFakeWx();
  const state = { tokens: more.tokens === undefined ? tokensOf('1') : more.tokens, logins: 0, signedOut: 0 };
  const client = createClient({
    baseUrl: server.url,
    wx,
    tokens: { read: () => state.tokens, write: (tokens) => void (state.tokens = tokens) },
    login: async () => {
      state.logins += 1;
      return more.code === undefined ? `code-${state.logins}` : more.code;
    },
    language: () => 'zh-CN',
    onSignedOut: () => void (state.signedOut += 1),
    backoffMs: 10,
    timeoutMs: more.timeoutMs,
  });
  return { client, wx, state, seen: server.seen };
}

const failure = (kind: ErrorKind, more: Partial<ApiError> = {}) => (error: unknown) => {
  assert.ok(error instanceof ApiError, String(error));
  assert.equal(error.kind, kind);
  Object.entries(more).forEach(([name, value]) => assert.deepEqual(error[name as keyof ApiError], value));
  return true;
};

const login = (accessToken: string): Reply => ({ body: { accessToken, expiresIn: 900, refreshToken: 'refresh-2', user: lin } });
const bearer = (request: Seen, name: string) => request.headers.authorization === `Bearer access-${name}`;
const once = (seen: Seen[], path: string) => seen.filter((request) => request.url === path).length;

test('get_WithPathAndQuery_SendsTokenAndLanguage', async (t) => {
  const { client, seen } = await setUp(t, () => ({ headers: { ETag: '"7"' }, body: { version: 7 } }));

  const answer = await client.get('/api/v1/filings/{filingId}/letters/{kind}', { path: { filingId: 'a/b', kind: '授权' }, query: { siteId: undefined } });

  assert.equal(seen[0].url, `/api/v1/filings/a%2Fb/letters/${encodeURIComponent('授权')}`);
  assert.ok(bearer(seen[0], '1'));
  assert.equal(seen[0].headers['accept-language'], 'zh-CN');
  assert.deepEqual(answer, { data: { version: 7 }, status: 200, etag: '"7"', replayed: false });
});

test('get_NotModified_HasNoData', async (t) => {
  const { client, seen } = await setUp(t, (request) => request.headers['if-none-match'] === '"x"' ? { status: 304, headers: { ETag: '"x"' } } : { body: {} });

  const answer = await client.get('/api/v1/reference/{set}', { path: { set: 'provinces' }, ifNoneMatch: '"x"' });

  assert.deepEqual([answer.status, answer.data, answer.etag], [304, undefined, '"x"']);
  assert.equal(seen[0].headers.authorization, undefined, 'reference data is public');
});

test('token_RefusedForManyCalls_IsRefreshedOnce', async (t) => {
  const { client, seen, state } = await setUp(t, (request) => request.url.endsWith('/auth/refresh')
    ? { body: { accessToken: 'access-2', expiresIn: 900, refreshToken: 'refresh-2' }, afterMs: 30 }
    : bearer(request, '2') ? { body: { items: [] } } : problem(401, 'auth.tokenExpired'));

  await Promise.all(Array.from({ length: 12 }, () => client.get(filings)));

  assert.equal(once(seen, '/api/v1/auth/refresh'), 1);
  assert.deepEqual([state.tokens?.refreshToken, state.tokens?.userId], ['refresh-2', 'lin']);
});

test('token_AboutToEnd_IsRefreshedBeforeTheCall', async (t) => {
  const { client, seen } = await setUp(t, (request) => request.url.endsWith('/auth/refresh')
    ? { body: { accessToken: 'access-2', expiresIn: 900, refreshToken: 'refresh-2' } } : { body: {} }, { tokens: tokensOf('1', Date.now() + 5_000) });

  await client.get(filings);

  assert.deepEqual(seen.map((request) => request.url), ['/api/v1/auth/refresh', filings]);
});

test('refresh_RefusedForManyCalls_LogsInOnce', async (t) => {
  const { client, seen, state } = await setUp(t, (request) => request.url.endsWith('/auth/refresh') ? problem(401, 'auth.refreshReused')
    : request.url.endsWith('/auth/wechat') ? { ...login('access-2') as object, afterMs: 20 }
      : bearer(request, '2') ? { body: {} } : problem(401, 'auth.tokenExpired'));

  await Promise.all(Array.from({ length: 5 }, () => client.get(filings)));

  assert.deepEqual([once(seen, '/api/v1/auth/refresh'), once(seen, '/api/v1/auth/wechat'), state.logins, state.signedOut], [1, 1, 1, 0]);
});

test('login_RefusedToo_SignsOutOnce', async (t) => {
  const { client, state } = await setUp(t, () => problem(401, 'auth.codeInvalid'));

  const results = await Promise.allSettled([client.get(filings), client.get('/api/v1/me')]);

  assert.deepEqual(results.map((result) => result.status === 'rejected' && result.reason.kind), ['unauthorized', 'unauthorized']);
  assert.deepEqual([state.signedOut, state.logins, state.tokens], [1, 1, null]);
});

test('login_NobodyToSignIn_SignsOutWithoutACall', async (t) => {
  const { client, seen, state } = await setUp(t, () => ({ body: {} }), { tokens: null, code: null });

  await assert.rejects(client.get(filings), failure('unauthorized', { title: '登录已失效' }));

  assert.deepEqual([seen.length, state.signedOut], [0, 1]);
});

test('refresh_OfflineOrBusy_KeepsTheTokens', async (t) => {
  const { client, state } = await setUp(t, (request) => request.url.endsWith('/auth/refresh') ? problem(503, 'wechat.unavailable', {}, { 'Retry-After': '60' })
    : problem(401, 'auth.tokenExpired'));

  await assert.rejects(client.get(filings), failure('unavailable', { retryAfterSeconds: 60 }));

  assert.equal(state.tokens?.refreshToken, 'refresh-1');
  assert.equal(state.signedOut, 0);
});

test('login_OfManyAtOnce_IsOne', async (t) => {
  const { client, state } = await setUp(t, (request) => request.url.endsWith('/auth/wechat') ? { ...login('access-2') as object, afterMs: 20 } : { body: {} }, { tokens: null });

  await Promise.all([client.signIn(), client.get(filings), client.signIn(), client.get('/api/v1/me')]);

  assert.equal(state.logins, 1);
});

test('login_NotReached_IsNotASignOut', async (t) => {
  const { client, seen, state } = await setUp(t, (request) => request.url.endsWith('/auth/refresh') ? problem(401, 'auth.refreshReused')
    : request.url.endsWith('/auth/wechat') ? 'destroy' : problem(401, 'auth.tokenExpired'));

  await assert.rejects(client.get(filings), failure('offline'));

  assert.deepEqual([state.signedOut, state.tokens?.refreshToken, once(seen, '/api/v1/auth/wechat')], [0, 'refresh-1', 3]);
});

test('unavailable_LongWait_IsToldAtOnce', async (t) => {
  const { client, seen } = await setUp(t, () => problem(503, 'wechat.unavailable', {}, { 'Retry-After': '30' }));

  await assert.rejects(client.get(filings), failure('unavailable', { retryAfterSeconds: 30 }));

  assert.equal(seen.length, 1);
});

test('abort_WhileTheTokenIsRenewed_FailsAtOnce', async (t) => {
  const { client } = await setUp(t, (request) => request.url.endsWith('/auth/refresh')
    ? { body: { accessToken: 'access-2', expiresIn: 900, refreshToken: 'refresh-2' }, afterMs: 300 } : { body: {} }, { tokens: tokensOf('1', 0) });
  const started = Date.now();
  const [given, kept] = [client.get(filings), client.get('/api/v1/me')];

  given.abort();

  await assert.rejects(given, failure('aborted'));
  assert.ok(Date.now() - started < 200);
  await kept;
});

test('queue_First_GoesBeforeThoseThatWait', async () => {
  const queue = createQueue(1);
  const order: string[] = [];
  const work = (name: string) => async () => {
    await pass(1);
    order.push(name);
  };

  await Promise.all([queue(work('under way')), queue(work('waiting')), queue(work('first'), true)]);

  assert.deepEqual(order, ['under way', 'first', 'waiting']);
});

test('call_RefusedAfterRefresh_IsAnErrorAndNoLoop', async (t) => {
  const { client, seen } = await setUp(t, (request) => request.url.endsWith('/auth/refresh')
    ? { body: { accessToken: 'access-2', expiresIn: 900, refreshToken: 'refresh-2' } } : problem(401, 'auth.sessionEnded'));

  await assert.rejects(client.get(filings), failure('unauthorized', { code: 'auth.sessionEnded' }));

  assert.equal(once(seen, filings), 2);
});

test('post_ConnectionLost_KeepsItsKey', async (t) => {
  const { client, seen } = await setUp(t, (_, count) => count < 3 ? 'destroy' : { status: 201, headers: { 'Idempotency-Replayed': 'true' }, body: { id: '1' } });

  const answer = await client.post(filings, { body: {} });

  const keys = seen.map((request) => request.headers['idempotency-key']);
  assert.equal(keys.length, 3);
  assert.match(String(keys[0]), /^[0-9a-f]{32}$/);
  assert.equal(new Set(keys).size, 1);
  assert.ok(answer.replayed);
});

test('post_EveryTryLost_GivesUpAfterThree', async (t) => {
  const { client, seen } = await setUp(t, () => 'destroy');

  await assert.rejects(client.post(filings, { body: {}, idempotencyKey: 'mine' }), failure('offline', { status: 0, code: 'client.offline', title: '网络连接不上' }));

  assert.deepEqual(seen.map((request) => request.headers['idempotency-key']), ['mine', 'mine', 'mine']);
});

test('post_UnavailableOrInProgress_IsTriedAgain', async (t) => {
  const { client, seen } = await setUp(t, (_, count) => count === 1 ? problem(503, 'wechat.unavailable', {}, { 'Retry-After': '1' })
    : count === 2 ? problem(409, 'idempotency.inProgress') : { body: {} });
  const started = Date.now();

  await client.post(filings, { body: {} });

  assert.equal(seen.length, 3);
  assert.ok(Date.now() - started >= 1000, 'waits as long as it was asked to');
});

test('post_Refused_IsNotTriedAgain', async (t) => {
  const { client, seen } = await setUp(t, () => problem(409, 'filing.anotherOpen', { allowedActions: ['abandon'], remedy: '请继续' }));

  await assert.rejects(client.post(filings, { body: {} }), failure('conflict', { code: 'filing.anotherOpen', allowedActions: ['abandon'], remedy: '请继续', traceId: 'trace' }));

  assert.equal(seen.length, 1);
});

test('getPutDelete_ConnectionLost_AreTriedAgain', async (t) => {
  const { client, seen } = await setUp(t, (_, count) => count === 1 ? 'destroy' : { body: {} });
  const path = { filingId: '1' };

  await client.get('/api/v1/filings/{filingId}', { path });
  await client.put('/api/v1/filings/{filingId}/subject', { path, body: { name: '某' }, ifMatch: 4 });
  await client.delete('/api/v1/filings/{filingId}/materials/{materialId}', { path: { filingId: '1', materialId: '2' } });

  assert.deepEqual(seen.map((request) => request.method), ['GET', 'GET', 'PUT', 'PUT', 'DELETE', 'DELETE']);
  assert.deepEqual([seen[3].headers['if-match'], seen[3].body], ['"4"', '{"name":"某"}']);
  assert.ok(seen.every((request) => request.headers['idempotency-key'] === undefined));
});

test('rateLimited_ShortWait_IsWaitedFor_LongOneIsTold', async (t) => {
  const { client, seen } = await setUp(t, (request, count) => request.url === filings
    ? count === 1 ? problem(429, 'rate.limited', {}, { 'Retry-After': '1' }) : { body: {} }
    : problem(429, 'rate.limited', {}, { 'Retry-After': '6' }));

  await client.get(filings);
  await assert.rejects(client.get('/api/v1/me'), failure('rateLimited', { retryAfterSeconds: 6 }));

  assert.deepEqual([once(seen, filings), once(seen, '/api/v1/me')], [2, 1]);
});

test('timeout_EveryTry_IsSaidSo', async (t) => {
  const { client, seen } = await setUp(t, () => ({ body: {}, afterMs: 300 }), { timeoutMs: 40 });

  await assert.rejects(client.get(filings), failure('timeout'));

  assert.equal(seen.length, 3);
});

test('requests_Many_RunTenAtOnceInOrder', async (t) => {
  const { client, wx, seen } = await setUp(t, () => ({ body: {}, afterMs: 20 }));
  const cursors = Array.from({ length: 25 }, (_, index) => String(index + 10));

  await Promise.all(cursors.map((cursor) => client.get(filings, { query: { cursor } })));

  assert.equal(wx.most.request, 10);
  // Ten set out together and may overtake each other on the way; nobody is overtaken by the next ten.
  const order = seen.map((request) => Number(request.url.slice(-2)) - 10);
  order.forEach((cursor, place) => assert.ok(Math.abs(cursor - place) < 10, order.join()));
});

test('abort_WaitingOrUnderWay_FailsAtOnceAndFreesThePlace', async (t) => {
  const { client, wx } = await setUp(t, (_, count) => ({ body: {}, afterMs: count <= 10 ? 400 : 0 }));
  const calls = Array.from({ length: 11 }, () => client.get(filings));
  const results = Promise.allSettled(calls);
  const aborter = createAborter();
  const signalled = client.get(filings, { signal: aborter.signal });
  await until(() => wx.most.request === 10);
  const started = Date.now();

  calls.forEach((call) => call.abort());
  aborter.abort();

  await assert.rejects(signalled, failure('aborted'));
  assert.ok((await results).every((result) => result.status === 'rejected' && result.reason.kind === 'aborted'));
  assert.ok(Date.now() - started < 300);
  await client.get('/api/v1/me');
  assert.equal(wx.most.request, 10);
});

test('background_CutsACall_ItIsMadeAgainWhenTheAppShows', async (t) => {
  const { client, wx, seen } = await setUp(t, (_, count) => count === 1 ? { body: {}, afterMs: 500 } : { body: { items: [] } });
  const call = client.post(filings, { body: {} });
  await until(() => seen.length === 1);

  wx.goToBackground();
  await pass(50);
  assert.equal(seen.length, 1, 'nothing is sent in the background');
  wx.show();
  await call;

  assert.equal(seen.length, 2);
  assert.equal(seen[0].headers['idempotency-key'], seen[1].headers['idempotency-key']);
});

test('background_CutToldAfterTheShow_DoesNotWaitForAnother', async (t) => {
  const { client, wx, seen } = await setUp(t, (_, count) => count === 1 ? { body: {}, afterMs: 500 } : { body: {} });
  const call = client.get(filings);
  await until(() => seen.length === 1);

  client.resumed();
  wx.goToBackground();

  await call;
  assert.equal(seen.length, 2);
});

test('upload_WithFields_SendsAFormAndTellsProgress', async (t) => {
  const { client, seen, filePath } = await withFile(t, (_, count) => count === 1 ? problem(502, 'x') : { status: 201, body: { id: 'm' } });
  const progress: number[] = [];

  const answer = await client.upload('/api/v1/filings/{filingId}/materials', {
    path: { filingId: '1' }, filePath, fileName: 'front.jpg', fields: { kind: 'idCard', part: 'front', siteId: undefined }, onProgress: ({ percent }) => progress.push(percent),
  });

  assert.equal(answer.data.id, 'm');
  assert.deepEqual(progress, [100, 100]);
  assert.match(seen[1].body, /name="kind"\r\n\r\nidCard[^]*name="part"\r\n\r\nfront[^]*name="file"; filename="front.jpg"/);
  assert.doesNotMatch(seen[1].body, /siteId/);
  assert.equal(seen[0].headers['idempotency-key'], seen[1].headers['idempotency-key']);
});

test('uploads_Many_RunThreeAtOnce', async (t) => {
  const { client, wx, filePath } = await withFile(t, () => ({ status: 201, body: {}, afterMs: 20 }));

  await Promise.all(Array.from({ length: 8 }, () => client.upload('/api/v1/ocr/id-card', { filePath })));

  assert.equal(wx.most.uploadFile, 3);
});

test('upload_TooLarge_IsToldWithItsCode', async (t) => {
  const { client, filePath } = await withFile(t, () => problem(413, 'material.tooLarge'));

  await assert.rejects(client.upload('/api/v1/ocr/id-card', { filePath }), failure('tooLarge', { code: 'material.tooLarge' }));
});

test('download_Content_SendsTheToken', async (t) => {
  const { client, seen } = await setUp(t, (request, count) => bearer(request, '1') && count > 1 ? { body: 'bytes' } : problem(503, 'x'));

  const { tempFilePath } = await client.download('/api/v1/filings/{filingId}/materials/{materialId}/content', { path: { filingId: '1', materialId: '2' } });

  assert.equal(tempFilePath, 'wxfile://tmp_1');
  assert.equal(seen.length, 2);
});

test('error_OfAWriteThatWasStored_CarriesTheVersion', async (t) => {
  const errors = [{ pointer: '/domain', code: 'domain.inUse', message: '已备案', remedy: '核对' }];
  const { client } = await setUp(t, (_, count) => count === 1 ? problem(422, 'verification.failed', { version: 2, errors }) : problem(412, 'filing.versionConflict', { currentVersion: 9 }));
  const put = () => client.put('/api/v1/filings/{filingId}/verification', { path: { filingId: '1' }, body: {}, ifMatch: '"1"' });

  await assert.rejects(put(), failure('invalid', { version: 2, errors, status: 422 }));
  await assert.rejects(put(), failure('versionConflict', { currentVersion: 9 }));
});

test('error_WithoutAProblem_HasWordsForPeople', async (t) => {
  const { client } = await setUp(t, () => ({ status: 500, body: '<html>', headers: { 'Content-Type': 'text/html' } }));

  await assert.rejects(client.get(filings), failure('server', { code: 'client.server', title: '服务出了问题', data: '<html>' }));
});

test('answer_CutJson_IsALostConnection', async (t) => {
  const { client, seen } = await setUp(t, () => ({ body: '{"items":[' }));

  await assert.rejects(client.get(filings), failure('offline'));

  assert.equal(seen.length, 3);
});

test('signIn_Now_KeepsTokensAndTellsWho', async (t) => {
  const { client, state } = await setUp(t, () => login('access-9'), { tokens: null });

  assert.deepEqual(await client.signIn(), lin);
  assert.equal(state.tokens?.accessToken, 'access-9');
});

test('signOut_WhileRefreshing_TokensStayAway', async (t) => {
  const { client, seen, state } = await setUp(t, (request) => request.url.endsWith('/auth/refresh')
    ? { body: { accessToken: 'access-2', expiresIn: 900, refreshToken: 'refresh-2' }, afterMs: 60 } : { status: 204 }, { tokens: tokensOf('1', 0) });
  const call = assert.rejects(client.get(filings), failure('unauthorized'));
  await until(() => seen.length === 1);

  await client.signOut({ all: true });
  await call;

  assert.equal(state.tokens, null);
  assert.deepEqual([seen[1].url, bearer(seen[1], '1'), state.signedOut], ['/api/v1/auth/logout?all=true', true, 0]);
});

async function withFile(t: TestContext, answer: (request: Seen, count: number) => Reply) {
  const folder = await mkdtemp(join(tmpdir(), 'client-'));
  t.after(() => rm(folder, { recursive: true }));
  const filePath = join(folder, 'a.jpg');
  await writeFile(filePath, 'picture');
  return { ...await setUp(t, answer), filePath };
}

const pass = (milliseconds: number) => new Promise<void>((done) => setTimeout(done, milliseconds));

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) {
    await pass(2);
  }
}
