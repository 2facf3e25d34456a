import { referenceSet, type Division } from './reference';

/** One thing a person can choose. The value is what the API takes. */
export interface Choice {
  readonly value: string | number;
  readonly text: string;
  readonly note: string;
}

interface Item {
  readonly code?: number | string;
  readonly id?: string;
  readonly name: string;
  readonly notes?: string | null;
  readonly document?: string;
  readonly subjectNatures?: readonly number[];
  readonly forPerson?: boolean;
  readonly selfServiceCommon?: boolean;
  readonly legacy?: boolean;
  readonly status?: string;
}

/** What narrows a choice: the nature and the region chosen so far, and whether a person's certificate is meant. */
export interface ChoiceContext {
  readonly nature: number | null;
  readonly province: string | null;
  readonly city: string | null;
  readonly person: boolean;
}

/** The choices of a reference set in the data's order, those that most people need first where the data says which. */
export async function choicesOf(set: string, part: string, context: ChoiceContext): Promise<readonly Choice[]> {
  if (set === 'divisions') {
    return divisions(part, context);
  }
  const { items } = await referenceSet<Item>(set);
  const fitting = set === 'certificate-types' ? items.filter((item) => fits(item, context)) : items;
  const ordered = set === 'subject-natures' ? [...fitting].sort((a, b) => Number(b.selfServiceCommon ?? false) - Number(a.selfServiceCommon ?? false)) : fitting;
  return ordered.map((item) => ({ value: item.code ?? item.id ?? item.name, text: item.name, note: set === 'pre-approval-types' ? item.document ?? '' : '' }));
}

function fits(item: Item, context: ChoiceContext): boolean {
  if (context.person) {
    return item.forPerson === true;
  }
  return context.nature === null || (item.subjectNatures ?? []).includes(context.nature);
}

async function divisions(part: string, context: ChoiceContext): Promise<readonly Choice[]> {
  const { items } = await referenceSet<Division>('divisions');
  const cities = items.find((province) => province.code === context.province)?.children ?? [];
  if (part === 'city') {
    return cities.map(named);
  }
  const city = cities.find((one) => one.code === context.city);
  // Cities without counties, such as 东莞, stand for their own district.
  return city === undefined ? [] : (city.children?.length ? city.children : [city]).map(named);
}

const named = ({ code, name }: Division): Choice => ({ value: code, text: name, note: '' });
