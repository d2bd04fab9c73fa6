import { describe, expect, it } from 'vitest';
import { createPulseField } from '../../renderer/features/pool/pulse-field.ts';

const field = () => createPulseField(() => 0.5);
const lane = (rise: number, p50Ms: number | null = null, name = 'a') => ({ lane: name, rise, p50Ms });

/** When the last of them has arrived. */
function lastsMs(pulses: ReturnType<typeof field>): number {
  let ms = 0;
  while (!pulses.isEmpty() && ms < 10_000) {
    ms += 10;
    pulses.dots(ms);
  }
  return ms;
}

describe('pulses', () => {
  it('are as many as requests, as long as they can be told apart', () => {
    const pulses = field();
    pulses.add([lane(3)], 0);
    expect(pulses.dots(250)).toHaveLength(3);
  });

  it('stand for several at high rates, and go faster', () => {
    const [calm, busy] = [field(), field()];
    calm.add([lane(1)], 0);
    busy.add([lane(5_000)], 0);
    expect(busy.dots(250)).toHaveLength(5);
    expect(lastsMs(busy)).toBeLessThan(lastsMs(calm));
  });

  it('take as long as the answers do, within reason', () => {
    const [quick, slow, stuck] = [field(), field(), field()];
    quick.add([lane(1, 2)], 0);
    slow.add([lane(1, 2_000)], 0);
    stuck.add([lane(1, 600_000)], 0);
    expect(lastsMs(slow)).toBeGreaterThan(lastsMs(quick) + 900);
    expect(lastsMs(stuck)).toBeLessThan(3_000);
  });

  it('are bounded, however many lanes there are and however long nobody draws', () => {
    const pulses = field();
    const lanes = Array.from({ length: 40 }, (_, index) => lane(10_000, 2_000, `${index}`));
    for (let batch = 0; batch < 100; batch++) pulses.add(lanes, 0);
    expect(pulses.dots(251).length).toBeLessThanOrEqual(520);
  });
});
