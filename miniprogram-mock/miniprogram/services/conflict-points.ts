import { fill, texts } from '../i18n/index';
import { previewTexts } from '../i18n/preview';
import { conflictsOf } from './keepers';
import { openPoints, whereOf, type OpenPoint } from './open-points';
import { outlookOf } from './reference';
import type { FieldOutlook, Filing } from './types';

/** What another phone wrote differently, as open points: the form that each leads to asks which to keep. */
export function conflictPoints(filing: Filing, fields: readonly FieldOutlook[]): OpenPoint[] {
  const t = texts(previewTexts);
  const points = conflictsOf(filing).map((pointer) => {
    const general = pointer.replace(/^\/sites\/\d+/, '/sites/*');
    const field = fields.find((one) => one.pointer === general)?.label ?? whereOf(filing, { pointer });
    return { pointer, message: fill(t.conflict, { field }) };
  });
  return openPoints(filing, points);
}

/** The same where the labels of the fields are not at hand yet; without a network the steps are named. */
export async function namedConflicts(filing: Filing): Promise<OpenPoint[]> {
  if (conflictsOf(filing).length === 0) {
    return [];
  }
  const fields = await outlookOf(filing).then(
    (outlook) => outlook.fields,
    () => [],
  );
  return conflictPoints(filing, fields);
}
