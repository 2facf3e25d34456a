import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { forget } from './program';
import { handoverCode } from '../../miniprogram/services/face';
import { openPoints } from '../../miniprogram/services/open-points';
import { previewGroups } from '../../miniprogram/services/previews';
import type { Filing, Outlook } from '../../miniprogram/services/types';
import type { Words } from '../../miniprogram/services/words';

beforeEach(forget);

const field = (step: string, pointer: string, type: string, more: object = {}) =>
  ({ id: pointer, step, pointer, label: pointer, type, required: 'optional', referenceSet: null, ...more });
const outlook = {
  fields: [
    field('site', '/sites/*/name', 'text', { required: 'always' }),
    field('site', '/sites/*/domain', 'domain'),
    field('site', '/sites/*/remark', 'text'),
    field('site', '/sites/*/serviceContents', 'codes', { referenceSet: 'service-contents' }),
    field('site', '/sites/*/preApprovals', 'codes', { referenceSet: 'pre-approval-types' }),
    field('sitePrincipal', '/sites/*/principal/validTo', 'date'),
    field('sitePrincipal', '/sites/*/principal/name', 'text', { required: 'always' }),
  ],
  materials: [],
} as unknown as Outlook;
const words: Words = { of: (set, value) => `${set}:${String(value)}`, resource: () => 'server' };

function filing(more: object = {}): Filing {
  const principal = { name: 'A', validTo: 'longTerm' };
  const sites = [
    {
      id: 's1', name: null, domain: 'a.cn', fromVerification: true, serviceContents: [1, 2], preApprovals: [{ type: 'none' }],
      principal: { ...principal, sameAsSubjectPrincipal: true }, faceCheck: { status: 'passed' },
    },
    {
      id: 's2', name: 'B', domain: 'b.cn', fromVerification: false, serviceContents: [], preApprovals: [{ type: 'news', number: '7' }],
      principal, faceCheck: { status: 'notStarted' },
    },
  ];
  const steps = ['s1', 's2'].flatMap((siteId) => ['site', 'sitePrincipal'].map((step) => ({ step, siteId, status: 'complete', visitable: true })));
  return { id: 'f', sites, steps, materials: [], requirements: { due: [], warnings: [], pending: [], upcoming: [] }, ...more } as unknown as Filing;
}

test('values stand in words, what nobody filled in and nobody demands does not stand', () => {
  const [first, , second] = previewGroups(filing(), outlook, words);
  assert.deepEqual(first!.rows.map(({ label, value }) => [label, value]), [
    ['/sites/*/name', '未填写'],
    ['/sites/*/serviceContents', 'service-contents:1、service-contents:2'],
    ['/sites/*/preApprovals', '以上都不涉及'],
  ]);
  assert.deepEqual(second!.rows.map(({ value }) => value), ['B', 'b.cn', 'pre-approval-types:news 7']);
});

test('a principal who is the subject\'s is said in one row, another in full', () => {
  const [, same, , other] = previewGroups(filing(), outlook, words);
  assert.deepEqual(same!.rows.map(({ value }) => value), ['与主体负责人为同一人']);
  assert.deepEqual(other!.rows.map(({ value }) => value), ['长期有效', 'A']);
});

test('a finding below a field stands at the field', () => {
  const due = [{ step: 'site', siteId: 's2', pointer: '/sites/1/preApprovals/0/number', code: 'x', message: 'wrong' }];
  const requirements = { due, warnings: [], pending: [], upcoming: [] };
  const row = previewGroups(filing({ requirements }), outlook, words)[2]!.rows.find(({ label }) => label === '/sites/*/preApprovals');
  assert.equal(row!.problem, 'wrong');
});

test('an open point leads to its step, to its paper, or to the paper it is about', () => {
  const one = filing({ materials: [{ id: 'm', kind: 'idCard', siteId: 's1' }] });
  const [step, paper, hint] = openPoints(one, [
    { step: 'site', siteId: 's2', pointer: '/sites/1/name', message: 'a' },
    { step: 'materials', siteId: 's2', pointer: '/materials', kind: 'letter', message: 'b' },
    { pointer: '/materials/0', message: 'c' },
  ]);
  assert.equal(step!.url, '/pages/site/index?filingId=f&siteId=s2&pointer=%2Fsites%2F1%2Fname');
  assert.equal(step!.where, '网站信息 · B');
  assert.equal(paper!.url, '/pages/materials/index?filingId=f&siteId=s2&kind=letter');
  assert.equal(hint!.url, '/pages/materials/index?filingId=f&siteId=s1&kind=idCard');
});

test('a hand-over code is found in a scene, encoded or not, or typed; anything else is none', () => {
  const code = 'Zk3vT0qJ8mX2bLr5yWn1cA';
  assert.deepEqual([`f=${code}`, `f%3D${code}`, ` ${code} `].map(handoverCode), [code, code, code]);
  assert.deepEqual(['', 'f=short', `join=${code}`, '%'].map(handoverCode), ['', '', '', '']);
});
