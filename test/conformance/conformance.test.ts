import { afterAll, beforeAll, describe, it } from 'vitest';
import { GROUPS } from './groups.ts';
import { Lanes } from './lanes.ts';
import { runCase } from './run-case.ts';
import { type RunningProxy, startSwitchyard } from './switchyard-lanes.ts';

const LANES = 6;
const LIMIT_MS = 1_500;

let proxy: RunningProxy;
let lanes: Lanes;
beforeAll(async () => {
  proxy = await startSwitchyard(LANES);
  lanes = new Lanes(proxy.lanes);
});
afterAll(async () => {
  await proxy.stop();
});

for (const { name, cases } of GROUPS) {
  describe.concurrent(name, () => {
    it.each(cases)('$id: $title ($section, $level)', async (one) => {
      const { failures, transcript } = await lanes.use((lane) => runCase(lane, one, LIMIT_MS));
      if (failures.length > 0) throw new Error(`${failures.join('; ')}\n${transcript}`);
    });
  });
}
