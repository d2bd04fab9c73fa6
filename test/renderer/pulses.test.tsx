import { act, cleanup, screen } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import type { LaneBatch } from '../../renderer/features/pool/pulse-field.ts';
import type { PoolSnapshot } from '../../shared/view/snapshot.ts';
import { backend, snapshotOf } from './fake-api.ts';
import { openApp } from './open-app.tsx';

vi.mock('uplot', () => ({
  default: class {
    setData(): void {}
    setSize(): void {}
    destroy(): void {}
  },
}));
const added = vi.hoisted((): LaneBatch[] => []);
vi.mock('../../renderer/features/pool/pulse-field.ts', async (original) => {
  const real = await original<typeof import('../../renderer/features/pool/pulse-field.ts')>();
  return {
    ...real,
    createPulseField: (random: () => number) => {
      const field = real.createPulseField(random);
      return {
        ...field,
        add: (batches: readonly LaneBatch[], nowMs: number) => {
          added.push(...batches);
          field.add(batches, nowMs);
        },
      };
    },
  };
});
afterEach(cleanup);

it('another pool with backends of the same names begins without their requests', async () => {
  const counted = (requests: number) => backend('a', { counters: { ...backend('a').counters, requests } });
  const [users] = snapshotOf([counted(10)]).pools;
  const pools: PoolSnapshot[] = [
    Object({ ...users }),
    Object({ ...users, name: 'orders', backends: [counted(900)] }),
  ];
  const fake = await openApp(snapshotOf([], { pools }));
  act(() => fake.push('app:command', { kind: 'show', screen: 'pool', pool: 'orders' }));
  act(() => fake.push('engine:snapshot', snapshotOf([], { pools, seq: 2, at: 100_250 })));
  screen.getByRole('heading', { name: 'orders' });
  expect(added.length).toBeGreaterThan(1);
  expect(added.map(({ started }) => started)).not.toContain(890);
});
