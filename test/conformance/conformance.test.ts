import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GROUPS } from './groups.ts';
import { Lanes } from './lanes.ts';
import type { RunningProxy } from './proxies/running-proxy.ts';
import { startSwitchyard } from './proxies/switchyard.ts';
import { runCase } from './run-case.ts';
import { LIMIT_MS } from './suite.ts';

let proxy: RunningProxy;
let lanes: Lanes;
beforeAll(async () => {
  proxy = await startSwitchyard(6);
  lanes = new Lanes(proxy.lanes);
});
afterAll(() => proxy.stop());

it('every case has a name of its own, and says where its demand comes from', () => {
  const cases = GROUPS.flatMap((group) => group.cases);
  expect(new Set(cases.map((one) => one.id)).size).toBe(cases.length);
  expect(cases.filter((one) => !/^RFC \d{4} [\dA-C](\.?\d+)*$/.test(one.section))).toEqual([]);
});

for (const { name, cases } of GROUPS) {
  describe.concurrent(name, () => {
    for (const one of cases) {
      it(`${one.id}: ${one.title} (${one.section}, ${one.level})`, async () => {
        const { failures, transcript } = await lanes.use((lane) => runCase(lane, one, LIMIT_MS));
        if (failures.length > 0) throw new Error(`${failures.join('; ')}\n${transcript}`);
      });
    }
  });
}
