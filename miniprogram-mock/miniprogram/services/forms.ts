import { commonTexts } from '../i18n/common';
import { formTexts } from '../i18n/form';
import { fill, texts } from '../i18n/index';
import type { Choice } from './choices';
import { valueAt } from './pointers';
import { stateWords } from './states';
import type { FieldOutlook, Filing, Requirement, StepValue } from './types';

export type Control = 'text' | 'area' | 'choice' | 'choices' | 'date' | 'approvals' | 'resource';

/** One field as a form shows it. The pointer is relative to the step's body. */
export interface FormField {
  readonly name: string;
  readonly pointer: string;
  readonly label: string;
  readonly hint: string;
  readonly required: boolean;
  readonly control: Control;
  /** The keyboard of a phone: text, number or idcard. */
  readonly keyboard: string;
  readonly maxLength: number;
  /** Whether a text may hold line breaks. */
  readonly lines: boolean;
  /** The name of the set the choices come from; empty for none. */
  readonly set: string;
  /** Whether a date may be "no expiry". */
  readonly longTerm: boolean;
  readonly value: unknown;
  /** What a control that is no text field shows for the value. */
  readonly shown: string;
  readonly locked: boolean;
  readonly error: string;
  readonly remedy: string;
  readonly warning: string;
}

/** What stands beside the fields: which are touched, whether missing ones are named, and what a refused save said. */
export interface FormState {
  readonly value: StepValue;
  readonly touched: ReadonlySet<string>;
  readonly showMissing: boolean;
  readonly refusals: readonly { readonly pointer: string; readonly message: string }[];
  /** The text of a chosen value of the field at a pointer. */
  readonly words: (pointer: string, value: unknown) => string;
  readonly longTermText: string;
}

/** From this length on a value may not fit into one line of a phone, and its field grows with it. */
const areaFrom = 128;
/** From this length on it is a text of several lines. */
const linesFrom = 200;
const hidden = new Set(['subject.legalRepresentative', 'site.kind']);

/** The fields of a step in the order of the outlook, with what the filing says of each. */
export function formFields(outlook: readonly FieldOutlook[], step: string, prefix: string, filing: Filing, state: FormState): FormField[] {
  return outlook
    .filter((field) => field.step === step && field.pointer !== null && field.type !== 'action' && !hidden.has(field.id) && inBody(field, filing, step, prefix))
    .map((field) => formField(field, relative(field.pointer!, prefix), prefix, filing, state));
}

/** The first site's domain and resource are those of the verification, and are changed there. */
function inBody(field: FieldOutlook, filing: Filing, step: string, prefix: string): boolean {
  if (step === 'verification' && filing.subjectId) {
    return field.pointer === '/verification/domain' || field.pointer === '/verification/resource';
  }
  const first = filing.sites[0];
  return !(step === 'site' && prefix === '/sites/0' && first?.fromVerification && /\/(domain|resource)$/.test(field.pointer ?? ''));
}

const relative = (pointer: string, prefix: string): string => pointer.replace(/^\/sites\/\*/, prefix.startsWith('/sites/') ? prefix.split('/').slice(0, 3).join('/') : '/sites/*').slice(prefix.length);

function formField(field: FieldOutlook, pointer: string, prefix: string, filing: Filing, state: FormState): FormField {
  const control = controlOf(field);
  const value = valueAt(state.value, pointer);
  const found = findings(prefix + pointer, filing, state, pointer);
  return {
    name: pointer.slice(1).replace(/\//g, '.'),
    pointer,
    label: field.label,
    hint: field.hint ?? '',
    required: field.required === 'always',
    control,
    keyboard: field.type === 'phone' && /mobile$/.test(pointer) ? 'number' : 'text',
    maxLength: field.maxLength ?? 256,
    lines: (field.maxLength ?? 0) >= linesFrom,
    set: control === 'choice' || control === 'choices' || control === 'approvals' ? field.referenceSet ?? '' : '',
    longTerm: field.type === 'date' && /ValidTo$|validTo$/.test(pointer),
    value: value ?? (control === 'choices' || control === 'approvals' ? [] : ''),
    shown: shown(pointer, control, value, state),
    locked: locked(prefix + pointer, filing),
    ...found,
  };
}

function controlOf(field: FieldOutlook): Control {
  switch (field.type) {
    case 'code':
      return 'choice';
    case 'codes':
      return field.referenceSet === 'pre-approval-types' ? 'approvals' : 'choices';
    case 'date':
      return 'date';
    case 'choice':
      return 'resource';
    default:
      return (field.maxLength ?? 0) >= areaFrom && field.type === 'text' ? 'area' : 'text';
  }
}

function shown(pointer: string, control: Control, value: unknown, state: FormState): string {
  if (value === undefined || value === '') {
    return '';
  }
  if (control === 'choices' && Array.isArray(value)) {
    return value.map((one) => state.words(pointer, one)).join('、');
  }
  if (control === 'choice') {
    return state.words(pointer, value);
  }
  return value === 'longTerm' ? state.longTermText : typeof value === 'string' ? value : '';
}

function locked(pointer: string, filing: Filing): boolean {
  if (filing.editable === 'everything') {
    return false;
  }
  return filing.editable === 'nothing' || !(filing.rejection?.openFields ?? []).some((open) => covers(open, pointer) || covers(pointer, open));
}

/** Why nothing of a form can be changed, in words; empty when something can. */
export function whyLocked({ editable, state }: Filing, fields: readonly FormField[]): string {
  const t = texts(formTexts);
  if (editable === 'nothing') {
    return fill(t.lockedFiling, { state: stateWords(state).name });
  }
  return fields.length > 0 && fields.every((field) => field.locked) ? t.lockedStep : '';
}

/** Whether a pointer is the other or one below it. */
export const covers = (above: string, pointer: string): boolean => above === '' || pointer === above || pointer.startsWith(`${above}/`);

function findings(pointer: string, filing: Filing, state: FormState, own: string): { error: string; remedy: string; warning: string } {
  const about = (items: readonly Requirement[]) => items.find((item) => covers(pointer, item.pointer) && (state.showMissing || state.touched.has(own) || !/[mM]issing$/.test(item.code)));
  const refused = state.refusals.find((refusal) => covers(own, refusal.pointer));
  const due = about(filing.requirements.due);
  const reviewer = filing.rejection?.findings.find((finding) => covers(pointer, finding.pointer) && pointer !== '');
  const warning = about(filing.requirements.warnings);
  return {
    error: refused?.message ?? due?.message ?? reviewer?.reason ?? '',
    remedy: refused ? '' : due?.remedy ?? (due ? '' : reviewer?.suggestion ?? ''),
    warning: warning ? [warning.message, warning.remedy].filter(Boolean).join(' ') : '',
  };
}

/** A choice's text among known ones; the value itself where the data lacks it. */
export function wordOf(choices: readonly Choice[] | undefined, value: unknown): string {
  return choices?.find((choice) => choice.value === value)?.text ?? (value === null || value === undefined ? '' : String(value));
}

/** Any value of a form in words, to be compared with another one. */
export function valueText(choices: readonly Choice[] | undefined, value: unknown): string {
  if (Array.isArray(value)) {
    return value.map((one) => valueText(choices, one)).join(texts(commonTexts).comma);
  }
  if (typeof value === 'object' && value !== null) {
    const { type, number, resourceId, authCode } = value as Record<string, unknown>;
    const approval = type === 'none' ? texts(formTexts).none : wordOf(choices, type);
    return [approval, number, resourceId, authCode].filter(Boolean).join(' ');
  }
  return value === 'longTerm' ? texts(formTexts).longTerm : wordOf(choices, value);
}
