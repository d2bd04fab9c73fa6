import { act, cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { fail, ok } from '../../shared/calls/result.ts';
import type { SwitchyardApi } from '../../shared/calls/switchyard-api.ts';
import type { HealthCause } from '../../shared/view/health-cause.ts';
import type { BackendSnapshot, ListenerState, PoolSnapshot } from '../../shared/view/snapshot.ts';
import { backend, type FakeApi, snapshotOf } from './fake-api.ts';
import { atHealthz, foundCheck } from './found-check.ts';
import { openApp } from './open-app.tsx';

vi.mock('uplot', () => ({
  default: class {
    setData(): void {}
    setSize(): void {}
    destroy(): void {}
  },
}));
afterEach(cleanup);

const down = (cause: HealthCause, reason: string, change: Partial<BackendSnapshot> = {}) =>
  backend('a', { health: { health: 'down', reason, cause, since: 0 }, ...change });
const edits = ({ calls }: FakeApi) =>
  calls
    .filter(([name]) => name === 'editConfig')
    .map(([, argument]) => (argument as { readonly edit: unknown }).edit);

/** @param text of the config */
async function open(
  backends: readonly BackendSnapshot[],
  text = '{}',
  overrides: Partial<SwitchyardApi> = {},
  pool: Partial<PoolSnapshot> = { whenAllDown: 'refuse' },
) {
  const snapshot = snapshotOf(backends);
  const pools = snapshot.pools.map((one) => ({ ...one, ...pool }));
  const fake = await openApp(
    { ...snapshot, pools },
    {
      applyConfig: async (argument) => {
        fake.calls.push(['applyConfig', argument]);
        return ok(document(text));
      },
      ...overrides,
    },
  );
  act(() => fake.push('config:changed', document(text)));
  return fake;
}
const document = (text: string) => ({
  text,
  revision: 1,
  path: '/c.json',
  isDemo: false,
  fileIssues: [],
  toAllow: [],
});
const withListener = (address: string, state: ListenerState) => {
  const snapshot = snapshotOf([backend('a')]);
  return {
    ...snapshot,
    listeners: snapshot.listeners.map((listener) => ({ ...listener, address, state })),
  };
};
const TAKEN: ListenerState = { kind: 'failed', reason: 'port 8080 is taken by another program' };

describe('a pool whose checks have taken all down', () => {
  it('names each reason once, and what to do where no button does it', async () => {
    await openApp(
      snapshotOf([
        down({ kind: 'refused' }, 'connection refused', { name: 'a' }),
        down({ kind: 'refused' }, 'connection refused', { name: 'b' }),
        down({ kind: 'status', status: 404 }, 'HEAD / answered 404', { name: 'c' }),
      ]),
    );
    const list = within(screen.getByRole('list', { name: 'Why each backend is out' }));
    const rows = list.getAllByRole('listitem').map(({ textContent }) => textContent);
    expect(rows[0]).toContain('a, b connection refused. Start the service, or correct its port.');
    expect(rows[1]).toContain('c HEAD / answered 404');
    expect(list.queryByRole('button', { name: /: a, b$/ })).toBeNull();
  });

  it.each<[HealthCause, readonly string[]]>([
    [{ kind: 'status', status: 404 }, ['Accept 404', 'Use a TCP check']],
    [{ kind: 'status', status: 404, suggestedPath: '/up' }, ['Check /up', 'Accept 404', 'Use a TCP check']],
    [{ kind: 'status', status: 500 }, ['Use a TCP check']],
    [{ kind: 'timeout' }, ['Use a TCP check']],
    [{ kind: 'certificate' }, ['Accept its certificate']],
    [{ kind: 'refused' }, []],
  ])('offers what helps against %j', async (cause, labels) => {
    await openApp(snapshotOf([down(cause, 'why')]));
    const list = within(screen.getByRole('list', { name: 'Why each backend is out' }));
    expect(list.queryAllByRole('button').map(({ textContent }) => textContent)).toEqual(labels);
  });

  it('decides by the cause and not by what the reason says', async () => {
    await openApp(snapshotOf([down({ kind: 'timeout' }, 'connection refused')]));
    expect(screen.getByRole('button', { name: 'Find a check that fits' })).toBeTruthy();
  });

  it('accepts a status with one click and a way back', async () => {
    const text = JSON.stringify({ servers: [{ name: 'a', url: 'http://a:1' }] });
    const fake = await open([down({ kind: 'status', status: 404 }, 'HEAD / answered 404')], text);
    await userEvent.click(screen.getByRole('button', { name: 'Accept 404: a' }));
    await waitFor(() => expect(edits(fake)).toHaveLength(1));
    expect(edits(fake)[0]).toMatchObject({
      kind: 'set-server-health-check',
      backend: 'a',
      healthCheck: { expectedStatus: ['200-399', '404'] },
    });
    expect(await screen.findByText('a: a response of 404 passes the check.')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Undo' }));
    expect(fake.calls).toContainEqual(['applyConfig', { text, revision: 2 }]);
  });

  it('finds a check for each that another check may help', async () => {
    const text = JSON.stringify({ servers: [{ name: 'a', url: 'http://a:1' }] });
    const fake = await open(
      [
        down({ kind: 'status', status: 404 }, 'HEAD / answered 404'),
        down({ kind: 'refused' }, 'connection refused', { name: 'b', url: 'http://b:1' }),
      ],
      text,
      { findChecks: async ({ urls }) => urls.map(atHealthz) },
    );
    await userEvent.click(screen.getByRole('button', { name: 'Find a check that fits' }));
    await waitFor(() => expect(edits(fake)).toHaveLength(1));
    expect(edits(fake)[0]).toMatchObject({ backend: 'a', healthCheck: { method: 'GET', path: '/healthz' } });
    expect(await screen.findByText('GET /healthz returned 200; HEAD / returned 404.')).toBeTruthy();
  });

  it('says why no check was found', async () => {
    const fake = await open([down({ kind: 'timeout' }, 'no answer within 1s')], '{}', {
      findChecks: async ({ urls }) =>
        urls.map((url) => foundCheck(url, { kind: 'unreachable', reason: 'connection refused' })),
    });
    await userEvent.click(screen.getByRole('button', { name: 'Find a check that fits' }));
    expect(
      await screen.findByText(
        'No check was changed. a:1 could not be reached now: connection refused. Its check was left as it is.',
      ),
    ).toBeTruthy();
    expect(edits(fake)).toEqual([]);
  });

  it('offers to try them anyway where they are refused', async () => {
    const fake = await open([down({ kind: 'timeout' }, 'no answer within 1s')]);
    await userEvent.click(screen.getByRole('button', { name: 'Try them anyway' }));
    expect(edits(fake)).toMatchObject([
      { kind: 'set-pool-settings', pool: 'users', settings: { whenAllDown: 'try' } },
    ]);
  });

  it('offers that to none that nothing listens behind', async () => {
    await open([down({ kind: 'refused' }, 'connection refused')]);
    expect(screen.queryByRole('button', { name: 'Try them anyway' })).toBeNull();
  });

  it('says that requests are sent anyway, and how many were', async () => {
    const fake = await open(
      [down({ kind: 'status', status: 500 }, 'HEAD / answered 500')],
      '{}',
      {},
      {
        whenAllDown: 'try',
        isTryingAnyway: true,
        triedAnyway: 1_204,
      },
    );
    expect(screen.getByText('Every backend is down by its checks. Requests are sent anyway.')).toBeTruthy();
    expect(screen.getByText(/1,204 so far/)).toBeTruthy();
    expect(screen.getByRole('button', { name: /^users, 0 of 1 up, tried anyway/ })).toBeTruthy();
    expect(screen.getAllByText('tried anyway, down 2 min: HEAD / answered 500').length).toBeGreaterThan(0);
    await userEvent.click(screen.getByRole('button', { name: 'Refuse them instead' }));
    expect(edits(fake)).toMatchObject([{ settings: { whenAllDown: 'refuse' } }]);
  });
});

it('does not blame the services for what the user has done', async () => {
  const fake = await open([
    down({ kind: 'refused' }, 'connection refused', { forced: 'down' }),
    backend('b', { admin: 'disabled' }),
  ]);
  const list = within(screen.getByRole('list', { name: 'Why each backend is out' }));
  expect(list.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
    'a is forced down by youLeave it to its checks',
    'b is switched off by youSwitch on',
  ]);
  await userEvent.click(list.getByRole('button', { name: 'Leave it to its checks' }));
  expect(fake.calls).toContainEqual(['forceHealth', { pool: 'users', backend: 'a', forced: null }]);
});

it('a busy backend is neither down nor up without a word', async () => {
  const busy = { reason: 'no answer within 1s; busy with 3 requests', since: 88_000 };
  await open([backend('a', { health: { health: 'up', reason: 'HEAD / → 200', since: 0, busy } })]);
  expect(screen.getAllByText('busy 12 s: no answer within 1s; busy with 3 requests').length).toBeGreaterThan(
    0,
  );
  expect(screen.getByRole('button', { name: /^users, 1 of 1 up, 1 busy/ })).toBeTruthy();
  expect(screen.queryByRole('alert')).toBeNull();
});

it('takes the next port that is free with one click', async () => {
  const asked: unknown[] = [];
  await openApp(withListener(':8080', TAKEN), {
    editConfig: async ({ edit }) => {
      asked.push(edit);
      if (asked.length < 3) return fail({ code: 'not-applied', message: 'port is taken' });
      return ok({ text: '{}', revision: 2, path: '/c.json', isDemo: false, fileIssues: [], toAllow: [] });
    },
  });
  await userEvent.click(screen.getByRole('button', { name: 'Use the next free port' }));
  await screen.findByText('Now listening on :8083.');
  expect(asked).toEqual(
    [8081, 8082, 8083].map((port) => ({ kind: 'set-address', listener: ':8080', address: `:${port}` })),
  );
});

it('looks where nobody needs rights when a port below 1024 is refused', async () => {
  const asked: unknown[] = [];
  await openApp(
    withListener('127.0.0.1:80', { kind: 'failed', reason: 'no permission to listen on port 80' }),
    {
      editConfig: async ({ edit }) => {
        asked.push(edit);
        return ok({ text: '{}', revision: 2, path: '/c.json', isDemo: false, fileIssues: [], toAllow: [] });
      },
    },
  );
  await userEvent.click(screen.getByRole('button', { name: 'Use the next free port' }));
  await screen.findByText('Now listening on 127.0.0.1:8080.');
  expect(asked).toHaveLength(1);
});

it('an engine that is given up is started again when it is asked to', async () => {
  const fake = await openApp(snapshotOf([backend('a')]));
  act(() => fake.push('engine:status', { kind: 'failed', reason: 'its thread ended' }));
  expect(screen.getByText('The engine cannot be kept running: its thread ended.')).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Start it again' }));
  expect(fake.calls.at(-1)).toEqual(['setRunning', { isRunning: true }]);
});
