import { language } from '../i18n/index';
import { referenceSet } from './reference';

interface Words {
  readonly zh: string;
  readonly en: string;
}

interface AgreementRow {
  readonly id: string;
  readonly version: string;
  readonly title: Words;
  readonly text: Words;
  readonly withdrawal?: Words;
}

/** A text that people agree to, in the language of the screen. */
export interface Agreement {
  readonly id: string;
  readonly version: string;
  readonly title: string;
  readonly text: string;
  /** What follows when the consent is taken back; empty where it cannot be. */
  readonly withdrawal: string;
}

export async function agreements(): Promise<Agreement[]> {
  const { items } = await referenceSet<AgreementRow>('agreements');
  const spoken = language() === 'en' ? 'en' : 'zh';
  return items.map(({ id, version, title, text, withdrawal }) => ({ id, version, title: title[spoken], text: text[spoken], withdrawal: withdrawal?.[spoken] ?? '' }));
}
