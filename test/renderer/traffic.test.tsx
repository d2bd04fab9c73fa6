import { act, cleanup, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { planOf } from '../../renderer/features/traffic/traffic-plan.ts';
import { targetOf } from '../../renderer/features/traffic/traffic-target.ts';
import type { TrafficForm } from '../../renderer/stores/app-state.ts';
import { FIRST_TRAFFIC } from '../../renderer/stores/first-traffic.ts';
import { fail } from '../../shared/calls/result.ts';
import type { TrafficPlan, TrafficProgress } from '../../shared/view/traffic.ts';
import { backend, route, snapshotOf } from './fake-api.ts';
import { openApp } from './open-app.tsx';

vi.mock('uplot', () => ({
  default: class {
    setData(): void {}
    setSize(): void {}
    destroy(): void {}
  },
}));
afterEach(cleanup);

const PLAN: TrafficPlan = {
  listener: ':8080',
  pool: 'users',
  method: 'GET',
  headers: [],
  body: '',
  paths: [{ path: '/', weight: 1 }],
  load: { kind: 'count', requests: 300, concurrency: 10 },
};

const PROGRESS: TrafficProgress = {
  state: 'running',
  plan: PLAN,
  sent: 0,
  planned: 300,
  answers: {},
  byBackend: {},
  elapsedMs: 500,
  latency: null,
  punctuality: null,
};

const DIRECT = { listener: ':8080', host: null, prefix: '', url: 'http://localhost:8080' };

describe('the plan', () => {
  it.each<[string, Partial<TrafficForm>, unknown]>([
    ['a number of requests', {}, PLAN],
    [
      'a steady rate, in milliseconds',
      { kind: 'rate', method: 'POST', path: '/a?b' },
      {
        ...PLAN,
        method: 'POST',
        paths: [{ path: '/a?b', weight: 1 }],
        load: { kind: 'rate', perSecond: 50, durationMs: 30_000 },
      },
    ],
    [
      'so many at a time, for so long',
      { kind: 'concurrency', seconds: '5' },
      { ...PLAN, load: { kind: 'concurrency', concurrency: 10, durationMs: 5_000 } },
    ],
    [
      'headers as typed, a body where the method has one, paths by weight',
      {
        method: 'PUT',
        headers: 'X-User: 7\n\n a:b:c ',
        body: '{}',
        weight: '3',
        morePaths: [{ path: '/b', weight: '1' }],
      },
      {
        ...PLAN,
        method: 'PUT',
        headers: [
          { name: 'X-User', value: '7' },
          { name: 'a', value: 'b:c' },
        ],
        body: '{}',
        paths: [
          { path: '/', weight: 3 },
          { path: '/b', weight: 1 },
        ],
      },
    ],
    ['a body left over from another method', { body: '{}' }, PLAN],
    ['a weight where there is nothing to weigh', { weight: 'x' }, PLAN],
    [
      'a line that is no header',
      { headers: 'X-User: 7\nX-User' },
      { headers: 'Line 2: "X-User" is no header; write it like "X-User: 7".' },
    ],
    [
      'a further path, and its weight',
      { morePaths: [{ path: 'b', weight: '0' }] },
      { 'path 2': 'Starts with /', 'weight 2': '1 to 1,000' },
    ],
    ['nothing typed', { requests: '' }, { requests: '1 to 1,000,000' }],
    ['too many at a time', { concurrency: '257' }, { concurrency: '1 to 256' }],
    ['half a request', { requests: '1.5' }, { requests: '1 to 1,000,000' }],
    ['a path without its slash', { path: 'users' }, { path: 'Starts with /' }],
    ['a path with a space', { path: '/a b' }, { path: 'No spaces, no #' }],
    ['too long', { kind: 'rate', seconds: '601' }, { seconds: '1 to 600' }],
    [
      'only the fields in sight count',
      { kind: 'rate', requests: 'x' },
      expect.objectContaining({ paths: [{ path: '/', weight: 1 }] }),
    ],
  ])('%s', (_name, change, expected) => {
    const plan = planOf({ ...FIRST_TRAFFIC, ...change }, DIRECT, 'users');
    expect(plan.ok ? plan.value : plan.error).toEqual(expected);
  });
});

describe('the way to a pool', () => {
  const listenersOf = (...routes: readonly object[]) => {
    const [listener] = snapshotOf([]).listeners;
    return listener ? [{ ...listener, routes: routes.map(route) }] : [];
  };
  const way = { listener: ':8080', host: null, prefix: '' };

  it.each<[string, readonly object[], string, unknown]>([
    ['straight', [{ path: '/a', pool: 'users' }], 'users', { ...way, url: 'http://localhost:8080' }],
    [
      'by a host',
      [{ host: 'o.localhost', pool: 'orders' }],
      'orders',
      { ...way, host: 'o.localhost', url: 'http://o.localhost:8080' },
    ],
    [
      'by a path',
      [{ path: '/orders/', pool: 'orders' }],
      'orders',
      { ...way, prefix: '/orders', url: 'http://localhost:8080/orders' },
    ],
    [
      'below a wildcard, past the one host that has a route of its own',
      [
        { host: '*.x.localhost', path: '/api', pool: 'orders' },
        { host: 'www.x.localhost', pool: 'users' },
      ],
      'orders',
      { ...way, host: 'app.x.localhost', prefix: '/api', url: 'http://app.x.localhost:8080/api' },
    ],
    [
      'not by a route that another one hides',
      [
        { path: '/o', pool: 'orders' },
        { host: 'localhost', pool: 'users' },
      ],
      'orders',
      null,
    ],
    ['none', [{ path: '/old', redirect: '/new' }], 'orders', null],
  ])('%s', (_name, routes, pool, expected) => {
    expect(targetOf(pool, listenersOf(...routes))).toEqual(expected);
  });
});

describe('send traffic', () => {
  const openPanel = async () => {
    await userEvent.click(screen.getByRole('button', { name: 'Send traffic' }));
    return screen.findByRole('region', { name: 'Send traffic' });
  };

  it('says what is wrong at the field, and sends nothing', async () => {
    const fake = await openApp(snapshotOf([backend('a')]));
    const panel = await openPanel();
    await userEvent.clear(within(panel).getByLabelText('Requests'));
    await userEvent.click(within(panel).getByRole('button', { name: 'Send' }));
    expect(within(panel).getByRole('alert').textContent).toBe('1 to 1,000,000');
    expect(fake.calls).toEqual([]);
    await userEvent.type(within(panel).getByLabelText('Requests'), '5');
    expect(within(panel).queryByRole('alert')).toBeNull();
  });

  it('goes by the route to a pool that no listener leads to by itself', async () => {
    const plain = snapshotOf([backend('a')]);
    const listeners = plain.listeners.map((listener) => ({
      ...listener,
      defaultPool: 'web',
      routes: [route({ host: 'users.localhost', path: '/api', pool: 'users' })],
    }));
    const fake = await openApp({ ...plain, listeners });
    const panel = await openPanel();
    expect(within(panel).getByText('http://users.localhost:8080/api')).toBeDefined();
    await userEvent.type(within(panel).getByLabelText('Path below /api'), '7');
    await userEvent.click(within(panel).getByRole('button', { name: 'Send' }));
    expect(fake.calls).toEqual([
      ['startTraffic', { ...PLAN, host: 'users.localhost', paths: [{ path: '/api/7', weight: 1 }] }],
    ]);
  });

  it('sends nothing to a pool that nothing leads to, and says so', async () => {
    await openApp(snapshotOf([backend('a')], { listeners: [] }));
    const panel = await openPanel();
    expect(within(panel).getByText(/^No listener and no route leads to this pool yet/)).toBeDefined();
    expect(within(panel).getByRole<HTMLButtonElement>('button', { name: 'Send' }).disabled).toBe(true);
  });

  it('says why the engine refused', async () => {
    await openApp(snapshotOf([backend('a')]), {
      startTraffic: async () => fail({ code: 'refused', message: 'The listener is off.' }),
    });
    const panel = await openPanel();
    await userEvent.click(within(panel).getByRole('button', { name: 'Send' }));
    expect((await within(panel).findByRole('alert')).textContent).toBe('The listener is off.');
  });

  it('shows answers by status, and by backend under its name; stops when told to', async () => {
    const fake = await openApp(snapshotOf([backend('a'), backend('b')]));
    const panel = await openPanel();
    const progress = { ...PROGRESS, sent: 200 };
    const byBackend = { 'http://b:1': 90, 'http://a:1': 100, 'http://gone:1': 1 };
    act(() => fake.push('traffic:progress', { ...progress, answers: { '200': 190, '503': 1 }, byBackend }));
    expect(within(panel).getByRole('status').textContent).toBe('191 of 300 answered in 0.5 s');
    expect(within(panel).getByLabelText('Answers').textContent).toBe('200190503' + '1');
    expect(within(panel).getByLabelText('Answered by').textContent).toBe(
      'a10052.4 %b9047.1 %http://gone:110.5 %',
    );
    await userEvent.click(within(panel).getByRole('button', { name: 'Stop' }));
    expect(fake.calls).toEqual([['stopTraffic', undefined]]);
    act(() => fake.push('traffic:progress', { ...progress, state: 'stopped' }));
    expect(within(panel).getByRole('status').textContent).toBe('0 of 300 answered in 0.5 s, stopped');
  });

  it('closes on Escape, opens from the menu, and remembers what was typed', async () => {
    const fake = await openApp(snapshotOf([backend('a')]));
    const panel = await openPanel();
    await userEvent.type(within(panel).getByLabelText('Path'), 'users');
    await userEvent.keyboard('{Escape}');
    expect(screen.queryByRole('region', { name: 'Send traffic' })).toBeNull();
    act(() => fake.push('app:command', { kind: 'show', screen: 'config' }));
    act(() => fake.push('app:command', { kind: 'send-traffic' }));
    expect((await screen.findByLabelText<HTMLInputElement>('Path')).value).toBe('/users');
  });
});

it('what is wrong with a path goes with it when another is removed', async () => {
  const fake = await openApp(snapshotOf([backend('a')]));
  act(() => fake.push('app:command', { kind: 'send-traffic' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Headers, body, more paths' }));
  for (const path of ['/b', 'c', '/d']) {
    await userEvent.click(screen.getByRole('button', { name: 'Add a path' }));
    const field = screen.getAllByRole('textbox', { name: /^Path \d$/ }).at(-1);
    if (!field) throw new Error('no field');
    await userEvent.clear(field);
    await userEvent.type(field, path);
  }
  await userEvent.click(screen.getByRole('button', { name: 'Send' }));
  expect((await screen.findByRole('alert')).textContent).toBe('Starts with /');
  await userEvent.click(screen.getByRole('button', { name: 'Remove path 2' }));
  const last = screen.getByRole<HTMLInputElement>('textbox', { name: 'Path 3' });
  expect([last.value, last.getAttribute('aria-invalid')]).toEqual(['/d', 'false']);
});
