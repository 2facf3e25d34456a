import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { Polling } from '../../miniprogram/services/polling';

/** Lets timers of that second run, and what they began. */
async function pass(seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second++) {
    mock.timers.tick(1000);
    for (let turn = 0; turn < 5; turn++) {
      await Promise.resolve();
    }
  }
}

test('asks after 2, 4, 8, 8 … seconds, and gives up after two minutes', async () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  let [asked, gaveUp] = [0, 0];
  const polling = new Polling(async () => (++asked, false), () => gaveUp++);
  polling.start();
  await pass(2);
  assert.equal(asked, 1);
  await pass(4);
  assert.equal(asked, 2);
  await pass(8);
  assert.equal(asked, 3);
  await pass(150);
  assert.equal(gaveUp, 1);
  assert.ok(asked >= 15 && asked <= 18, String(asked));
  mock.timers.reset();
});

test('ends with the answer, or when stopped; a failed call ends nothing', async () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  let asked = 0;
  const polling = new Polling(async () => {
    asked += 1;
    if (asked === 1) {
      throw new Error('offline');
    }
    return asked === 2;
  });
  polling.start();
  await pass(60);
  assert.equal(asked, 2);
  polling.start();
  await pass(1);
  polling.stop();
  await pass(60);
  assert.equal(asked, 2);
  mock.timers.reset();
});
