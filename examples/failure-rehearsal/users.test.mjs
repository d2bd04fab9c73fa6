// Run by: switchyard run --config switchyard.jsonc --allow-commands --scenario bad-deploy -- node --test
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';

const url = process.env.SWITCHYARD_URL;

test('a user can be read all through a bad deploy', async () => {
  const end = performance.now() + 2_500;
  let reads = 0;
  while (performance.now() < end) {
    const answer = await fetch(`${url}/users/1`);
    assert.equal(answer.status, 200);
    assert.deepEqual(await answer.json(), { id: '1', name: 'Ada' });
    reads++;
    await wait(10);
  }
  assert.ok(reads > 20, `${reads} reads`);
});
