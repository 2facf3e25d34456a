import './program';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formFields, valueText, whyLocked, type FormState } from '../../miniprogram/services/forms';
import type { FieldOutlook, Filing } from '../../miniprogram/services/types';

const field = (id: string, step: string, pointer: string, more: Partial<FieldOutlook> = {}): FieldOutlook =>
  ({ id, step, pointer, label: id, type: 'text', required: 'always', prefilled: false, maxLength: 128, hint: null, referenceSet: null, rules: [], ...more }) as FieldOutlook;

const due = (pointer: string, code: string) => ({ step: 'subject', siteId: null, pointer, code, severity: 'error', message: `says ${code}`, remedy: 'do this' });

function filing(more: object = {}): Filing {
  return { id: 'f', subjectId: null, editable: 'everything', rejection: null, sites: [], requirements: { complete: false, due: [], warnings: [], pending: [], upcoming: [] }, ...more } as unknown as Filing;
}

const state = (more: Partial<FormState> = {}): FormState => ({ value: {}, touched: new Set(), showMissing: false, refusals: [], words: (_, value) => String(value), longTermText: 'for ever', ...more });
const name = field('subject.name', 'subject', '/subject/name');
const only = (fields: ReturnType<typeof formFields>) => fields[0]!;

test('a missing value is not called a fault before its field was left', () => {
  const open = filing({ requirements: { due: [due('/subject/name', 'subject.name.missing')], warnings: [] } });
  assert.equal(only(formFields([name], 'subject', '/subject', open, state())).error, '');
  assert.equal(only(formFields([name], 'subject', '/subject', open, state({ touched: new Set(['/name']) }))).error, 'says subject.name.missing');
  assert.equal(only(formFields([name], 'subject', '/subject', open, state({ showMissing: true }))).remedy, 'do this');
});

test('a wrong value is called a fault at once, also where it is below the field', () => {
  const approvals = field('site.preApprovals', 'site', '/sites/*/preApprovals', { type: 'codes', referenceSet: 'pre-approval-types' });
  const wrong = filing({ sites: [{}, {}], requirements: { due: [due('/sites/1/preApprovals/0/number', 'site.preApprovals.numberWrong')], warnings: [] } });
  const shown = only(formFields([approvals], 'site', '/sites/1', wrong, state()));
  assert.equal(shown.error, 'says site.preApprovals.numberWrong');
  assert.equal(shown.pointer, '/preApprovals');
  assert.equal(shown.control, 'approvals');
});

test('the first site shows neither domain nor resource, which are those of the verification', () => {
  const fields = [field('site.domain', 'site', '/sites/*/domain', { type: 'domain' }), field('site.name', 'site', '/sites/*/name')];
  const two = filing({ sites: [{ fromVerification: true }, {}] });
  assert.deepEqual(formFields(fields, 'site', '/sites/0', two, state()).map((one) => one.pointer), ['/name']);
  assert.deepEqual(formFields(fields, 'site', '/sites/1', two, state()).map((one) => one.pointer), ['/domain', '/name']);
});

test('a site added to a filed subject is verified by domain and resource only', () => {
  const fields = ['region/province', 'subjectNature', 'domain', 'resource'].map((last) => field(`verification.${last}`, 'verification', `/verification/${last}`));
  assert.deepEqual(formFields(fields, 'verification', '/verification', filing({ subjectId: 's' }), state()).map((one) => one.pointer), ['/domain', '/resource']);
});

test('a filing sent back opens what was found, and nothing else', () => {
  const fields = [name, field('subject.investor', 'subject', '/subject/investor')];
  const finding = { pointer: '/subject/name', reason: 'differs from the licence', suggestion: 'copy it', materialId: null };
  const back = filing({ editable: 'marked', rejection: { openFields: ['/subject/name'], findings: [finding] } });
  const [first, second] = formFields(fields, 'subject', '/subject', back, state());
  assert.deepEqual([first!.locked, first!.error, first!.remedy], [false, 'differs from the licence', 'copy it']);
  assert.deepEqual([second!.locked, second!.error], [true, '']);
});

test('a form of which nothing can be changed says why', () => {
  const locked = (one: Filing, fields = [name]) => whyLocked(one, formFields(fields, 'subject', '/subject', one, state()));
  assert.equal(locked(filing()), '');
  assert.equal(locked(filing({ editable: 'nothing', state: 'authorityReview' })), '备案单现在是“管局审核中”，内容不能修改。');
  assert.match(locked(filing({ editable: 'marked', rejection: { openFields: ['/sites/0/name'], findings: [] } })), /不在本次要修改的范围内/);
  assert.equal(locked(filing({ editable: 'marked', rejection: { openFields: ['/subject/name'], findings: [] } })), '');
  assert.equal(locked(filing(), []), '', 'nothing to fill in is not locked');
});

test('what a refused save said stands before what the filing says', () => {
  const open = filing({ requirements: { due: [due('/subject/name', 'subject.name.tooShort')], warnings: [] } });
  const shown = only(formFields([name], 'subject', '/subject', open, state({ refusals: [{ pointer: '/name', message: 'locked' }] })));
  assert.deepEqual([shown.error, shown.remedy], ['locked', '']);
});

test('a long value grows over several lines, and holds line breaks only where a text is asked for', () => {
  const remark = field('subject.remark', 'subject', '/subject/remark', { maxLength: 200 });
  const mobile = field('subjectPrincipal.mobile', 'subject', '/subject/mobile', { type: 'phone', maxLength: 32 });
  const shown = formFields([name, remark, mobile], 'subject', '/subject', filing(), state());
  assert.deepEqual(shown.map((one) => [one.control, one.lines]), [['area', false], ['area', true], ['text', false]]);
});

test('whatever a field holds can be read when two values of it are compared', () => {
  const choices = [{ value: 1, text: '中文简体', note: '' }, { value: 'news', text: '新闻', note: '' }];
  const values = [[1, 1], [{ type: 'news', number: '7' }, { type: 'none' }], { kind: 'resource', resourceId: 'server-1' }, { kind: 'authCode', authCode: 'ABC' }, 'longTerm', undefined];
  assert.deepEqual(values.map((value) => valueText(choices, value)), ['中文简体、中文简体', '新闻 7、以上都不涉及', 'server-1', 'ABC', '长期有效', '']);
});
