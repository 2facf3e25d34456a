import './program';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compare } from '../../miniprogram/services/ocr';

test('compare_ReadAndTyped_EmptyIsFilledAndOnlyWhatDiffersIsAsked', () => {
  const read = { '/name': '甲', '/certificateType': 2, '/validTo': 'longTerm', '/legalRepresentative/name': '林示例', '/email': 'a@example.com' };
  const typed = { name: ' 甲 ', certificateType: 7, validTo: '', legalRepresentative: { name: '王示例' } };

  const { fresh, differing } = compare(read, typed);

  assert.deepEqual(fresh, [['/validTo', 'longTerm'], ['/email', 'a@example.com']]);
  assert.deepEqual(differing, [['/certificateType', 2], ['/legalRepresentative/name', '林示例']]);
});
