import assert from 'node:assert/strict';
import { test } from 'node:test';
import { merge, same, type Tree, withAt } from '../../miniprogram/services/merge';
import { randomOf } from './random';

const base: Tree = { name: '某', address: { city: '北京', street: '一' }, kinds: [1, 2] };

test('merge_OnlyOneSideChanged_TakesThatSide', () => {
  const mine = withAt(base, '/address/street', '二');
  const theirs = withAt(withAt(base, '/name', '某某'), '/kinds', [3]);

  const { value, conflicts } = merge(base, mine, theirs);

  assert.deepEqual(value, { name: '某某', address: { city: '北京', street: '二' }, kinds: [3] });
  assert.deepEqual(conflicts, []);
});

test('merge_SameChange_IsNoConflict', () => {
  const changed = withAt(base, '/name', 'ａbc ');

  assert.deepEqual(merge(base, changed, withAt(base, '/name', 'ABC')), { value: withAt(base, '/name', 'ABC'), conflicts: [] });
});

test('merge_BothChanged_NamesTheLeafAndKeepsMine', () => {
  const { value, conflicts } = merge(base, withAt(base, '/address/street', '二'), withAt(base, '/address/street', '三'));

  assert.deepEqual(conflicts, [{ pointer: '/address/street', base: '一', mine: '二', theirs: '三' }]);
  assert.equal((value.address as Tree).street, '二');
});

test('merge_TakenAwayByThem_KeepsWhatIChangedInIt', () => {
  const { value, conflicts } = merge(base, withAt(base, '/address/street', '二'), withAt(base, '/address', undefined));

  assert.deepEqual(value.address, { street: '二' });
  assert.deepEqual(conflicts.map((conflict) => conflict.pointer), ['/address/street']);
});

test('merge_Whole_DoesNotMixItsParts', () => {
  const choice = (kind: string, more: Tree) => ({ resource: { kind, ...more } });
  const mine = choice('authCode', { authCode: 'x', resourceId: 'a' });
  const theirs = choice('resource', { resourceId: 'b' });

  const { value, conflicts } = merge(choice('resource', { resourceId: 'a' }), mine, theirs, ['/resource']);

  assert.deepEqual([value, conflicts.length], [mine, 1]);
});

test('same_WaysToBeEmpty_AreOne', () => {
  assert.ok(same({ a: null, b: '', c: [], d: { e: undefined } }, {}));
  assert.ok(!same({ a: 0 }, {}));
  assert.ok(!same({ a: false }, {}));
  assert.ok(!same([1, 2], [2, 1]));
});

const leaves = ['/a', '/b', '/c/d', '/c/e', '/f/g/h', '/i~1j'];
const leafAt = (tree: Tree, pointer: string) => pointer.split('/').slice(1).reduce<unknown>((at, part) => (at as Tree | undefined)?.[part.replace('~1', '/')], tree);

test('merge_RandomEdits_LosesNoLeaf', () => {
  for (let seed = 1; seed <= 2000; seed += 1) {
    const random = randomOf(seed);
    const pick = () => [undefined, 'x', 'y', 'z', 1, 2, [1], [1, 2]][Math.floor(random() * 8)];
    const edited = (from: Tree, chance: number) => leaves.reduce((tree, leaf) => random() < chance ? withAt(tree, leaf, pick()) : tree, from);
    const start = edited({}, 0.8);
    const [mine, theirs] = [edited(start, 0.4), edited(start, 0.4)];

    const { value, conflicts } = merge(start, mine, theirs);

    for (const leaf of leaves) {
      const [was, own, other, now] = [start, mine, theirs, value].map((tree) => leafAt(tree, leaf));
      const conflict = conflicts.find(({ pointer }) => pointer === leaf);
      const expected = same(was, own) ? other : own;
      assert.ok(same(now, expected), `seed ${seed}, ${leaf}`);
      const clash = !same(was, own) && !same(was, other) && !same(own, other);
      assert.equal(conflict !== undefined, clash, `seed ${seed}, ${leaf}`);
      if (conflict) {
        assert.ok(same(conflict.mine, own) && same(conflict.theirs, other) && same(conflict.base, was));
      }
    }
  }
});
