import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FilingState } from '../../miniprogram/services/types';

const held = new Map<string, unknown>();
Object.assign(globalThis, {
  wx: {
    getStorageSync: (key: string) => held.get(key) ?? '',
    setStorageSync: (key: string, value: unknown) => held.set(key, value),
    getAppBaseInfo: () => ({ language: 'zh_CN' }),
  },
});
const { chooseLanguage } = await import('../../miniprogram/i18n/index');
const { stateTexts } = await import('../../miniprogram/i18n/states');
const { filingPage, isCopyable, isOpen, stateWords } = await import('../../miniprogram/services/states');
const { deadlineOf, timeLeft } = await import('../../miniprogram/services/deadlines');
const { joinCodeOf, keepScene, pageOfScene, takeJoinCode } = await import('../../miniprogram/services/arrival');

/** By type complete: a state that the server adds does not compile until it has a row. */
const states: Record<FilingState, { open: boolean; yours: boolean }> = {
  draft: { open: true, yours: true },
  draftExpired: { open: false, yours: false },
  checking: { open: true, yours: false },
  providerReview: { open: true, yours: false },
  modificationRequested: { open: true, yours: true },
  providerRejected: { open: true, yours: true },
  pendingAuthority: { open: true, yours: false },
  smsVerification: { open: true, yours: true },
  smsFailed: { open: true, yours: true },
  authorityReview: { open: true, yours: false },
  authorityRejected: { open: true, yours: true },
  approved: { open: false, yours: false },
  abandoned: { open: false, yours: false },
};

test('every state has words in both languages', () => {
  for (const [state, { open, yours }] of Object.entries(states)) {
    assert.ok(stateTexts['zh-CN'].states[state], state);
    assert.ok(stateTexts.en.states[state], state);
    assert.equal(isOpen(state), open, state);
    assert.equal(stateWords(state).yours, yours, state);
  }
  assert.deepEqual(Object.keys(states).filter(isCopyable), ['draftExpired', 'abandoned']);
});

test('a state of tomorrow gets neutral words and the page that shows anything', () => {
  assert.equal(stateWords('somethingNew').name, '处理中');
  assert.equal(filingPage('f', 'somethingNew'), '/pages/progress/index?filingId=f');
});

test('what is filled in or mended opens its steps, everything else its progress', () => {
  const overview = Object.keys(states).filter((state) => filingPage('f', state).includes('/overview/'));
  assert.deepEqual(overview, ['draft', 'modificationRequested', 'providerRejected', 'authorityRejected']);
});

const none = { draftExpiresAt: null, returnsToDraftAt: null, reviewDueAt: null, smsVerifyBy: null, authorityDueAt: null };
const now = Date.parse('2026-11-27T08:00:00Z');

test('the verification by SMS is counted down; a draft is told of its end in the last days only', () => {
  const sms = deadlineOf({ ...none, smsVerifyBy: '2026-11-28T08:00:00Z' }, now);
  assert.equal(sms?.counted, true);
  assert.equal(sms?.tone, 'warning');
  assert.equal(deadlineOf({ ...none, draftExpiresAt: '2026-12-27T08:00:00Z' }, now), null);
  assert.equal(deadlineOf({ ...none, draftExpiresAt: '2026-12-01T08:00:00Z' }, now)?.tone, 'warning');
  assert.equal(deadlineOf(none, now), null);
});

test('the time left is told in its two largest units', () => {
  const left = (seconds: number) => timeLeft(new Date(now + seconds * 1000).toISOString(), now);
  assert.equal(left(26 * 3600), '1 天 2 小时');
  assert.equal(left(23 * 3600 + 59 * 60 + 3), '23 小时 59 分');
  assert.equal(left(65), '1 分 5 秒');
  assert.equal(left(7), '7 秒');
  assert.equal(left(0), '');
  assert.equal(left(-5), '');
  chooseLanguage('en');
  assert.equal(left(65), '1 min 5 s');
  chooseLanguage('zh-CN');
});

test('a joining code is found in whatever was scanned, and nothing else is taken for one', () => {
  assert.equal(joinCodeOf('join=AbC_d-9'), 'AbC_d-9');
  assert.equal(joinCodeOf(' AbC_d-9 '), 'AbC_d-9');
  assert.equal(joinCodeOf('pages/home/index?scene=join%3DAbC_d-9'), 'AbC_d-9');
  assert.equal(joinCodeOf('f=AbC_d-9'), '');
  assert.equal(joinCodeOf('https://example.com/?q=1'), '');
});

test('a scanned code leads on once', () => {
  keepScene('join%3DAbC');
  assert.equal(pageOfScene(), '/pages/join/index');
  assert.equal(takeJoinCode(), 'AbC');
  assert.equal(pageOfScene(), '');
  keepScene('f%3DxYz');
  assert.equal(pageOfScene(), '/pages/handover/index?scene=f%3DxYz');
  assert.equal(pageOfScene(), '');
  keepScene(undefined);
  assert.equal(takeJoinCode(), '');
});
