import { act, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { vi } from 'vitest';
import { ok } from '../../shared/calls/result.ts';
import type { SwitchyardApi } from '../../shared/calls/switchyard-api.ts';
import type { ExchangeLine, ExchangeView, LogBatch } from '../../shared/view/exchange-record.ts';
import type { Snapshot } from '../../shared/view/snapshot.ts';
import { backend, snapshotOf } from './fake-api.ts';
import { openApp } from './open-app.tsx';

/** Nothing is laid out here; without a size, nothing would be in sight. */
export function giveSize(): void {
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(600);
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(900);
}

export function line(id: number, change: Partial<ExchangeLine> = {}): ExchangeLine {
  return {
    id,
    at: 0,
    listener: ':8080',
    pool: 'users',
    client: '127.0.0.1',
    clientPort: 50_000,
    method: 'GET',
    target: `/r${id}`,
    status: 200,
    backend: 'a',
    durationMs: 1.5,
    bytesIn: 0,
    bytesOut: 60,
    tries: 1,
    refused: null,
    ...change,
  };
}

export const candidate = (name: string, leftOut: 'down' | 'full' | null, inFlight = 0) => ({
  backend: name,
  weight: 1,
  inFlight,
  health: leftOut === 'down' ? ('down' as const) : ('up' as const),
  forced: null,
  leftOut,
});

export function record(id: number, change: Partial<ExchangeView> = {}): ExchangeView {
  const { tries: _, refused: __, ...rest } = line(id);
  const attempt = {
    hasFailed: false,
    startMs: 0,
    durationMs: 1,
    connectedMs: 0,
    answeredMs: 0.5,
    repairs: [],
    faults: [],
  };
  return {
    ...rest,
    attempts: [
      {
        ...attempt,
        backend: 'b',
        failure: 'connection refused',
        connectedMs: null,
        answeredMs: null,
        why: null,
      },
      {
        ...attempt,
        backend: 'a',
        failure: null,
        why: {
          policy: 'least-connections',
          words: 'it had the fewest requests in flight for its weight',
          candidates: [candidate('a', null), candidate('b', 'down'), candidate('c', 'full', 10)],
        },
      },
    ],
    unserved: null,
    refusal: null,
    heads: null,
    bodies: null,
    ...change,
  };
}

export async function openRequests(
  held: readonly ExchangeLine[],
  exchange = async () => ok(record(1)),
  {
    snapshot = snapshotOf([backend('a'), backend('b')]),
    ...more
  }: Partial<SwitchyardApi> & { snapshot?: Snapshot } = {},
) {
  const fake = await openApp(snapshot, {
    ...more,
    showLog: async ({ isShown }) => {
      fake?.calls.push(['showLog', isShown]);
      return isShown ? held : [];
    },
    exchange,
  });
  await userEvent.click(screen.getByRole('button', { name: 'Requests' }));
  await screen.findByRole('heading', { name: 'Requests' });
  let seq = 1;
  const push = (log: LogBatch) => {
    seq += 1;
    act(() =>
      fake.push('engine:batch', {
        seq,
        at: 100_000,
        counters: [],
        standings: [],
        pools: [],
        seconds: [],
        events: [],
        tunnels: { count: 0, newest: [] },
        log,
      }),
    );
  };
  return { fake, push };
}
