import { formTexts } from '../i18n/form';
import { commonTexts } from '../i18n/common';
import { fill, texts } from '../i18n/index';
import { choicesOf } from './choices';
import { valueAt } from './pointers';
import type { FieldOutlook, Filing, StepValue } from './types';

export const naturePointer = '/subjectNature';
const certificatePointer = '/certificateType';
const set = 'certificate-types';

/** What another nature of the subject does to what is filled in already. */
export interface NatureChange {
  /** What the certificate's type becomes; undefined when it is to be chosen anew. */
  readonly certificateType: unknown;
  /** What the person is told first: what is cleared and what is no longer asked for; null when everything fits. */
  readonly question: { readonly title: string; readonly text: string } | null;
}

interface Before {
  readonly filing: Filing;
  /** The verification as it is typed. */
  readonly value: StepValue;
  readonly fields: readonly FieldOutlook[];
}

/** `after`: the fields that the new nature asks for; null while nobody knows. */
export async function natureChange({ filing, value, fields }: Before, nature: number, after: readonly FieldOutlook[] | null): Promise<NatureChange> {
  const t = texts(formTexts);
  const held = valueAt(value, certificatePointer);
  const certificates = (of: number | null) => choicesOf(set, '', { nature: of, province: null, city: null, person: false });
  const [all, fitting, natures] = await Promise.all([certificates(null), certificates(nature), choicesOf('subject-natures', '', { nature: null, province: null, city: null, person: false })]);
  const name = all.find((one) => one.value === held)?.text ?? '';
  // The same certificate has another code with another nature.
  const kept = fitting.find((one) => one.value === held) ?? fitting.find((one) => one.text === name);
  const natureName = natures.find((one) => one.value === nature)?.text ?? '';
  const label = fields.find((field) => field.pointer === `/verification${certificatePointer}`)?.label ?? '';
  const unasked = after === null ? [] : filledIn(filing, fields.filter((field) => !after.some((one) => one.pointer === field.pointer)));
  const lines = [
    held !== undefined && !kept ? fill(t.natureClears, { field: label, value: name, nature: natureName }) : '',
    unasked.length > 0 ? fill(t.natureUnasked, { fields: unasked.join(texts(commonTexts).comma) }) : '',
  ].filter(Boolean);
  return {
    certificateType: kept?.value,
    question: lines.length === 0 ? null : { title: fill(t.natureTitle, { nature: natureName }), text: [...lines, t.natureKept].join('\n') },
  };
}

/** The labels of those fields that something is filled in at. */
function filledIn(filing: Filing, fields: readonly FieldOutlook[]): string[] {
  const has = (pointer: string): boolean => {
    const value = valueAt(filing, pointer);
    return typeof value === 'object' ? Array.isArray(value) && value.length > 0 : value !== undefined && value !== '';
  };
  const places = (pointer: string): string[] => (pointer.includes('*') ? filing.sites.map((_, index) => pointer.replace('*', String(index))) : [pointer]);
  return fields.filter((field) => field.type !== 'action' && field.pointer !== null && places(field.pointer).some(has)).map((field) => field.label);
}
