import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { answer, answers, forget } from './program';
import { natureChange } from '../../miniprogram/services/nature-change';
import type { FieldOutlook, Filing } from '../../miniprogram/services/types';

const certificates = [
  { code: 1, name: '营业执照', subjectNatures: [4] },
  { code: 2, name: '居民身份证', subjectNatures: [5] },
  { code: 12, name: '组织机构代码证', subjectNatures: [4] },
  { code: 3, name: '组织机构代码证', subjectNatures: [3] },
];
const natures = [{ code: 3, name: '事业单位' }, { code: 4, name: '企业' }, { code: 5, name: '个人' }];

beforeEach(() => {
  forget();
  answers.push((request) => answer(200, { version: '1', items: request.url.includes('certificate-types') ? certificates : natures })(request));
});

const field = (pointer: string, label: string) => ({ pointer, label, type: 'text' }) as FieldOutlook;
const type = field('/verification/certificateType', '证件类型');
const representative = field('/subject/legalRepresentative/name', '法定代表人姓名');
const email = field('/sites/*/principal/email', '网站负责人电子邮箱');
const fields = [type, representative, email];
const filing = { subject: { legalRepresentative: { name: '林示例' } }, sites: [{}, { principal: { email: 'a@example.com' } }] } as unknown as Filing;
const before = (certificateType: unknown) => ({ filing, fields, value: { subjectNature: 4, certificateType } });

test('natureChange_WhatNoLongerFits_IsNamedWithItsValue', async () => {
  const { certificateType, question } = await natureChange(before(1), 5, [type]);

  assert.equal(certificateType, undefined);
  assert.equal(question?.title, '改为“个人”？');
  assert.deepEqual(question?.text.split('\n'), [
    '证件类型“营业执照”不适用于“个人”，将被清除，请重新选择。',
    '以下内容不再需要，不会显示，但已填写的仍会保留：法定代表人姓名、网站负责人电子邮箱。',
    '其他已填写的内容都不变。',
  ]);
});

test('natureChange_SameCertificateUnderAnotherCode_IsKept', async () => {
  assert.deepEqual(await natureChange(before(12), 3, fields), { certificateType: 3, question: null });
});

test('natureChange_NothingFilledIn_AsksNothing', async () => {
  const empty = { filing: { subject: {}, sites: [] } as unknown as Filing, fields, value: {} };

  assert.deepEqual(await natureChange(empty, 5, [type]), { certificateType: undefined, question: null });
});
