import { journeyTexts } from '../i18n/journey';
import { texts } from '../i18n/index';
import type { Outlook } from './types';

/** What somebody should have at hand before starting, as the start page lists it. */
export interface Needs {
  readonly papers: readonly { key: string; name: string; note: string; always: boolean }[];
  readonly people: readonly { name: string; note: string }[];
  readonly waiting: readonly string[];
  readonly estimate: string;
  readonly notes: readonly string[];
}

export function needsOf(outlook: Outlook): Needs {
  const t = texts(journeyTexts);
  const papers = outlook.materials.map((paper, index) => ({ key: String(index), name: paper.name, note: paper.condition ?? paper.notes ?? '', always: paper.required === 'always' }));
  return {
    papers: [...papers.filter((paper) => paper.always), ...papers.filter((paper) => !paper.always)],
    people: outlook.people.filter((person) => person.needed !== 'never').map((person) => ({ name: t.roles[person.role] ?? '', note: person.text ?? '' })),
    waiting: distinct(outlook.waiting.map((wait) => wait.text)),
    estimate: outlook.estimate?.text ?? '',
    // Where sources disagree is for whoever keeps the rules: it names rules by their keys, and the demands above follow one of them already.
    notes: distinct(outlook.notes.filter((note) => note.about !== 'conflict').map((note) => note.text)),
  };
}

const distinct = (words: readonly string[]): string[] => [...new Set(words)];
