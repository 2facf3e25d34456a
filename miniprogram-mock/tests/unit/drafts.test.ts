import assert from 'node:assert/strict';
import { test } from 'node:test';
import { draftedSteps } from '../../miniprogram/services/drafts-store';
import { DraftWorld, refusal } from './draftWorld';
import { randomOf } from './random';

const key = 'draft/lin/1/subject';

test('edit_Any_IsOnThePhoneAtOnce_AndOnTheServerAfterAPause', async () => {
  const world = new DraftWorld();
  const keeper = world.open();

  keeper.edit('/name', '甲');
  assert.deepEqual(JSON.parse(world.stored.get(key) ?? ''), { base: { name: '某' }, mine: { name: '甲' }, baseVersion: 1, unsure: [], editedAt: 0 });
  await world.pass(700);
  keeper.edit('/name', '甲乙');
  await world.pass(700);
  assert.equal(world.puts.length, 0, 'still typing');
  await world.pass(100);

  assert.deepEqual(world.puts, [{ step: 'subject', value: { name: '甲乙' }, version: 1 }]);
  assert.deepEqual([keeper.state, keeper.savedAt, world.stored.size], ['saved', 1500, 0]);
  assert.deepEqual([...new Set(world.states)], ['unsaved', 'saving', 'saved']);
});

test('edit_WhileSaving_IsSentAfterIt', async () => {
  const world = new DraftWorld();
  const keeper = world.open();
  keeper.edit('/name', '甲');
  world.during = () => keeper.edit('/name', '乙');

  await world.pass(800);

  assert.deepEqual(world.puts.map((put) => [put.value.name, put.version]), [['甲', 1], ['乙', 2]]);
  assert.equal(keeper.state, 'saved');
});

test('save_TwoStepsOfAFiling_OneAtATime', async () => {
  const world = new DraftWorld();
  const [subject, site] = [world.open('subject'), world.open('site')];
  subject.edit('/name', '甲');
  site.edit('/name', '乙');
  let underWay = 0;
  world.during = () => underWay = world.puts.length;

  await Promise.all([subject.flush(), site.flush()]);

  assert.equal(underWay, 1);
  assert.deepEqual(world.filing.steps, { subject: { name: '甲' }, site: { name: '乙' } });
  assert.ok(!world.states.includes('conflict'), 'the other step\'s save is no conflict');
});

test('offline_Save_StaysOnThePhoneAndIsTriedAgain', async () => {
  const world = new DraftWorld();
  const keeper = world.open();
  world.faults = [refusal('offline'), refusal('timeout'), refusal('server', 500)];
  keeper.edit('/name', '甲');

  await world.pass(800);
  assert.deepEqual([keeper.state, world.stored.has(key)], ['offline', true]);
  await world.pass(2000);
  assert.equal(world.puts.length, 2);
  await world.pass(3999);
  assert.equal(world.puts.length, 2, 'waits longer each time');
  await world.pass(1);
  assert.equal(keeper.state, 'unsaved');
  await world.pass(8000);

  assert.deepEqual([keeper.state, world.filing.steps.subject], ['saved', { name: '甲' }]);
});

test('rateLimited_Save_WaitsAsLongAsAsked', async () => {
  const world = new DraftWorld();
  const keeper = world.open();
  world.faults = [refusal('rateLimited', 429, {}, 30)];
  keeper.edit('/name', '甲');

  await world.pass(800 + 29_999);
  assert.equal(world.puts.length, 1);
  await world.pass(1);
  assert.equal(keeper.state, 'saved');
});

test('wake_NetworkBack_SavesAtOnce', async () => {
  const world = new DraftWorld();
  const keeper = world.open();
  world.faults = [refusal('offline')];
  keeper.edit('/name', '甲');
  await world.pass(800);

  keeper.wake();
  await world.pass(0);

  assert.equal(keeper.state, 'saved');
});

test('flush_OfflineOrOnline_TellsWhetherAllIsThere', async () => {
  const world = new DraftWorld();
  const keeper = world.open();
  keeper.edit('/name', '甲');
  world.faults = [refusal('offline')];

  assert.equal(await keeper.flush(), false);
  assert.equal(await keeper.flush(), true);
  assert.equal(world.puts.length, 2);
  assert.equal(await keeper.flush(), true);
  assert.equal(world.puts.length, 2, 'nothing to send');
  assert.equal(await keeper.flush(true), true);
  assert.equal(world.puts.length, 3, 'asked to have it checked again');
});

test('answer_Lost_IsFoundStoredAndNotSentAgain', async () => {
  const world = new DraftWorld();
  const keeper = world.open();
  world.faults = ['lost'];
  keeper.edit('/name', '甲');

  await world.pass(5000);

  assert.deepEqual(world.puts.map((put) => put.version), [1, 1]);
  assert.deepEqual([keeper.state, world.filing.version], ['saved', 2]);
});

test('answer_LostAndTypedOn_IsNoConflictWithOneself', async () => {
  for (const [later, killed] of [['乙', false], ['某', false], ['乙', true], ['某', true]] as const) {
    const world = new DraftWorld();
    let keeper = world.open();
    world.faults = ['lost'];
    keeper.edit('/name', '甲');
    await world.pass(800);
    keeper.edit('/name', later);
    if (killed) {
      keeper.stop();
      keeper = world.open();
    }

    await world.pass(5000);

    assert.deepEqual([keeper.state, world.filing.steps.subject], ['saved', { name: later }], `${later} ${killed}`);
  }
});

test('versionConflict_OtherLeaf_IsMergedSilently', async () => {
  const world = new DraftWorld();
  const keeper = world.open();
  world.saveElsewhere('subject', { name: '某', remark: '他' });
  keeper.edit('/name', '甲');

  await world.pass(800);

  assert.deepEqual(world.filing.steps.subject, { name: '甲', remark: '他' });
  assert.deepEqual([keeper.state, keeper.value], ['saved', { name: '甲', remark: '他' }]);
  assert.ok(!world.states.includes('conflict'));
});

for (const side of ['mine', 'theirs'] as const) {
  test(`versionConflict_SameLeaf_IsAsked_${side}`, async () => {
    const world = new DraftWorld();
    const keeper = world.open();
    world.saveElsewhere('subject', { name: '他' });
    keeper.edit('/name', '我');
    await world.pass(5000);
    assert.deepEqual([keeper.state, keeper.conflicts, world.puts.length], ['conflict', [{ pointer: '/name', base: '某', mine: '我', theirs: '他' }], 1]);
    assert.equal(await keeper.flush(), false);

    const reopened = world.open();
    assert.deepEqual([reopened.state, reopened.conflicts], ['conflict', keeper.conflicts], 'found again after a restart');
    keeper.resolve('/name', side);
    await world.pass(0);

    assert.equal(keeper.state, 'saved');
    assert.deepEqual(world.filing.steps.subject, { name: side === 'mine' ? '我' : '他' });
    assert.equal(world.puts.length, side === 'mine' ? 2 : 1);
  });
}

test('refused_Locked_StaysReadableUntilDiscarded', async () => {
  const world = new DraftWorld();
  const keeper = world.open();
  world.faults = [refusal('conflict', 409, { code: 'filing.fieldLocked', detail: '锁定', errors: [{ pointer: '/name', code: 'filing.fieldLocked', message: '不能改' }] })];
  keeper.edit('/name', '甲');

  await world.pass(100_000);
  assert.deepEqual([keeper.state, keeper.refusals, keeper.value, world.puts.length], ['refused', [{ pointer: '/name', message: '不能改' }], { name: '甲' }, 1]);
  assert.ok(world.stored.has(key));
  keeper.discard();

  assert.deepEqual([keeper.state, keeper.value, keeper.refusals, world.stored.size], ['saved', { name: '某' }, [], 0]);
});

test('refused_Gone_SaysSoInTheServersWords', async () => {
  const world = new DraftWorld();
  const keeper = world.open();
  world.faults = [refusal('notFound', 404, { code: 'filing.notFound', detail: '没有这个备案单' })];
  keeper.edit('/name', '甲');

  await world.pass(800);

  assert.deepEqual([keeper.state, keeper.refusals], ['refused', [{ pointer: '', message: '没有这个备案单' }]]);
});

test('refused_ThenMended_IsSaved', async () => {
  const world = new DraftWorld();
  const keeper = world.open();
  world.faults = [refusal('invalid', 400, { code: 'request.invalid', errors: [{ pointer: '/name', code: 'x', message: '太长' }] })];
  keeper.edit('/name', '甲'.repeat(300));
  await world.pass(800);
  assert.equal(keeper.state, 'refused');

  keeper.edit('/name', '甲');
  assert.deepEqual(keeper.refusals, []);
  await world.pass(800);

  assert.equal(keeper.state, 'saved');
});

test('verification_StoredAlthoughRefused_IsSavedWithFieldErrors', async () => {
  const world = new DraftWorld();
  const keeper = world.open();
  world.during = () => world.saveElsewhere('subject', { name: '甲' });
  world.faults = [refusal('invalid', 422, { code: 'verification.failed', version: 2, errors: [{ pointer: '/name', code: 'x', message: '未通过' }] })];
  keeper.edit('/name', '甲');

  await world.pass(800);

  assert.deepEqual([keeper.state, keeper.refusals, world.stored.size], ['saved', [{ pointer: '/name', message: '未通过' }], 0]);
  keeper.edit('/name', '乙');
  await world.pass(800);
  assert.deepEqual([world.filing.version, keeper.refusals], [3, []]);
});

test('open_AfterTheAppWasKilled_MergesAndSaves', async () => {
  const world = new DraftWorld();
  world.open().edit('/name', '甲');
  world.saveElsewhere('subject', { name: '某', remark: '他' });

  const keeper = world.open();
  assert.deepEqual([keeper.state, keeper.value], ['unsaved', { name: '甲', remark: '他' }]);
  await world.pass(800);

  assert.deepEqual([keeper.state, world.filing.steps.subject], ['saved', { name: '甲', remark: '他' }]);
});

test('storage_Full_IsToldAndTypingGoesOn', async () => {
  const world = new DraftWorld();
  const keeper = world.open();
  world.full = true;

  keeper.edit('/name', '甲');
  assert.deepEqual([keeper.storageFull, keeper.value], [true, { name: '甲' }]);
  await world.pass(800);

  assert.deepEqual([keeper.storageFull, keeper.state], [false, 'saved']);
});

test('follow_NewerFiling_IsTakenOverUnderWhatIsMine', async () => {
  const world = new DraftWorld();
  const keeper = world.open();
  keeper.edit('/name', '甲');
  world.saveElsewhere('subject', { name: '某', remark: '他' });

  keeper.follow(world.copy());
  assert.deepEqual(keeper.value, { name: '甲', remark: '他' });
  await world.pass(800);

  assert.deepEqual(world.puts.map((put) => put.version), [2], 'no detour over a conflict');
});

test('anything_RandomFaultsKillsAndOthers_LosesNothingTyped', async () => {
  for (let seed = 1; seed <= 300; seed += 1) {
    const random = randomOf(seed);
    const world = new DraftWorld();
    let keeper = world.open();
    let typed = '某';
    let others = 0;
    for (let step = 0; step < 30; step += 1) {
      const act = Math.floor(random() * 6);
      if (act <= 1) {
        typed = `甲${step}`;
        keeper.edit('/name', typed);
      } else if (act === 2) {
        world.faults.push(random() < 0.5 ? 'lost' : refusal('offline'));
      } else if (act === 3) {
        others += 1;
        world.saveElsewhere('subject', { ...world.filing.steps.subject, remark: `他${others}` });
      } else if (act === 4) {
        keeper.stop();
        keeper = world.open();
      } else {
        await world.pass(random() * 4000);
      }
    }
    world.faults = [];
    await world.pass(200_000);

    assert.deepEqual([keeper.state, world.filing.steps.subject?.name, keeper.value.name], ['saved', typed, typed], `seed ${seed}`);
    assert.equal(world.filing.steps.subject?.remark, others > 0 ? `他${others}` : undefined, `seed ${seed}`);
    assert.equal(world.stored.size, 0);
  }
});

test('draftedSteps_OfOthersAndOtherFilings_AreNotNamed', () => {
  const world = new DraftWorld();
  ['draft/lin/1/subject', 'draft/lin/2/site/a', 'draft/wang/1/site/b', 'tokens'].forEach((name) => world.stored.set(name, '{}'));

  assert.deepEqual(draftedSteps(world.storage, 'lin', '1'), ['subject']);
});
