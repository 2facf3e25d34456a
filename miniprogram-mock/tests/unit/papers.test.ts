import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addable, grouped, papersOf, unfit, type PaperSources } from '../../miniprogram/services/papers';
import type { Filing, Letter, Material, PaperOutlook } from '../../miniprogram/services/types';

const row = (kind: string, owner: string, more: object = {}): PaperOutlook =>
  ({ kind, owner, name: `name of ${kind}`, ...ordinary, ...more }) as unknown as PaperOutlook;
const ordinary = {
  parts: [], count: { min: 1, max: 1 }, formats: ['jpg', 'jpeg', 'png'], maxBytes: 1000, maxSeconds: null, alternatives: [], signing: [], condition: null,
};
const outlook = [
  row('licence', 'subject'),
  row('idCard', 'principal', { parts: ['front', 'back'] }),
  row('idCard', 'sitePrincipal', { parts: ['front', 'back'] }),
  row('letter', 'site', { alternatives: ['other'] }),
  row('extra', 'subject', { count: { min: 1, max: 10 } }),
];
const due = (kind: string, siteId: string | null = null, part?: string) =>
  ({ step: 'materials', code: 'material.missing', pointer: '/materials', kind, siteId, ...(part ? { part } : {}) });
const kept = (kind: string, more: object = {}): Material => ({ id: kind, kind, part: null, siteId: null, hints: [], ...more }) as unknown as Material;

function sources(demands: object[], materials: Material[] = [], more: Partial<PaperSources> = {}): PaperSources {
  const filing = { sites: [{ id: 's1' }, { id: 's2' }], materials, requirements: { due: demands, pending: [], warnings: [] } } as unknown as Filing;
  return { filing, outlook, letters: [], wanted: [], names: new Map(), ...more };
}

test('each paper stands once for each owner, in the order of the data, with its sides', () => {
  const demands = [due('letter', 's1'), due('idCard', 's1', 'back'), due('idCard', null, 'front'), due('licence')];
  const papers = papersOf(sources(demands, [kept('idCard', { part: 'back' })]));
  assert.deepEqual(papers.map(({ kind, owner }) => `${kind} ${owner}`), ['licence subject', 'idCard principal', 'idCard sitePrincipal', 'letter site']);
  assert.deepEqual(papers[1]!.parts.map(({ part, due: open, materials }) => [part, open, materials.length]), [['front', true, 0], ['back', false, 1]]);
  assert.deepEqual(papers[2]!.parts.map(({ due: open }) => open), [false, true]);
});

test('a card stays where it is once its paper is there', () => {
  const kinds = (one: PaperSources) => papersOf(one).map(({ kind }) => kind);
  assert.deepEqual(kinds(sources([due('licence'), due('letter', 's1')])), kinds(sources([due('letter', 's1')], [kept('licence')])));
});

test('the picture of a face check is no paper', () => {
  assert.deepEqual(papersOf(sources([], [kept('faceCheckPicture', { deleteAt: '2027-01-01T00:00:00Z' })])), []);
});

test('what may do instead is offered while the paper is due, its letter where there is one for that site', () => {
  const letters = [{ kind: 'letter', siteId: 's2' } as unknown as Letter];
  const [first, second] = papersOf(sources([due('letter', 's1'), due('letter', 's2')], [], { letters }));
  assert.deepEqual(first!.alternatives, ['other']);
  assert.equal(first!.letter, null);
  assert.equal(second!.letter, letters[0]);
});

test('groups follow the subject, its principal, then each site', () => {
  const one = sources([due('idCard', 's2', 'front'), due('letter', 's1'), due('letter', 's2'), due('idCard', null, 'front'), due('licence')]);
  assert.deepEqual(grouped(papersOf(one), one.filing).map(({ key }) => key), ['subject/', 'principal/', 'site/s1', 'site/s2', 'sitePrincipal/s2']);
});

test('papers that nobody asks for can be added, those of sites for each site', () => {
  const one = sources([due('licence')]);
  const keys = addable(one, papersOf(one)).map(({ kind, siteId }) => `${kind}/${siteId ?? ''}`);
  assert.ok(!keys.includes('licence/') && keys.includes('extra/') && keys.includes('letter/s1') && keys.includes('letter/s2'));
});

test('what the server would refuse is told before anything is sent', () => {
  const film = row('film', 'site', { formats: ['mp4'], maxBytes: 104_857_600, maxSeconds: 60 });
  assert.equal(unfit({ path: 'wxfile://tmp_1.JPG', size: 1000, seconds: 0 }, outlook[0]!), null);
  assert.deepEqual(unfit({ path: 'wxfile://tmp_1.heic', size: 10, seconds: 0 }, outlook[0]!), { code: 'type', allowed: 'JPG / PNG' });
  assert.deepEqual(unfit({ path: 'wxfile://tmp_1.png', size: 1001, seconds: 0 }, outlook[0]!), { code: 'size', limit: '1 KB' });
  assert.deepEqual(unfit({ path: 'wxfile://tmp_1.mp4', size: 10, seconds: 61 }, film), { code: 'long', limit: '60' });
});
