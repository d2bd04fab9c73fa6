import { cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { EMPTY_DRAFT, FAULT_KINDS, faultLine } from '../../renderer/features/faults/fault-fields.ts';
import { faultWords } from '../../renderer/features/faults/fault-words.ts';
import { saidFault } from '../../renderer/features/faults/said-fault.ts';
import { fail } from '../../shared/calls/result.ts';
import { FAULT_PRESETS } from '../../shared/config/fault-presets.ts';
import { parseFault } from '../../shared/config/fault-schema.ts';
import type { ActiveFault } from '../../shared/view/active-fault.ts';
import type { BackendSnapshot } from '../../shared/view/snapshot.ts';
import { backend, snapshotOf } from './fake-api.ts';
import { openApp } from './open-app.tsx';

vi.mock('uplot', () => ({
  default: class {
    setData(): void {}
    setSize(): void {}
    destroy(): void {}
  },
}));
afterEach(cleanup);

function active(text: string, change: Partial<ActiveFault> = {}): ActiveFault {
  const settings = parseFault(text);
  if (!settings.ok) throw new Error(settings.error);
  return {
    text,
    settings: settings.value,
    since: 0,
    endsAt: null,
    requestsHit: 0,
    probesHit: 0,
    isSpent: false,
    ...change,
  };
}

const open = (change: Partial<BackendSnapshot>, overrides = {}) =>
  openApp(snapshotOf([backend('a', change), backend('b')]), overrides);

async function openMenu() {
  await userEvent.click(screen.getByRole('button', { name: 'More for a' }));
}

async function openDialog(change: Partial<BackendSnapshot> = {}, overrides = {}) {
  const fake = await open(change, overrides);
  await openMenu();
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Simulate a fault' }));
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Another…' }));
  return { fake, dialog: within(await screen.findByRole('dialog', { name: 'Faults of a' })) };
}

describe('the lines the window writes', () => {
  it.each(FAULT_PRESETS.flatMap(({ faults }) => [...faults]))('%s is a fault', (text) => {
    expect(parseFault(text).ok).toBe(true);
  });

  it.each(FAULT_KINDS.map((kind) => [kind.type, kind] as const))(
    '%s can be typed field by field',
    (type, kind) => {
      const typed = Object.fromEntries(
        kind.fields.map(({ name, placeholder }) => [name, /^[0-9]/.test(placeholder) ? placeholder : '']),
      );
      const draft = {
        typed: { ...typed, every: '3', path: '/a b' },
        headers: [
          { id: 0, name: 'X-User', value: 'anna b' },
          { id: 1, name: 'X-Empty', value: ' ' },
        ],
        affects: 'traffic',
      } as const;
      const parsed = parseFault(faultLine(kind, draft));
      expect(parsed).toMatchObject({
        ok: true,
        value: {
          type,
          every: 3,
          affects: 'traffic',
          match: { path: '/a b', headers: { 'X-User': 'anna b' } },
        },
      });
    },
  );
});

describe('the words for what will happen', () => {
  const latency = { latency: '200ms', jitter: '40ms' };
  const CASES: readonly (readonly [string, Partial<typeof EMPTY_DRAFT>, string])[] = [
    [
      'crash',
      {},
      'Connections are refused, and what is in flight is lost. Hits all requests and health checks.',
    ],
    ['latency', {}, 'Answers come … late. Hits all requests and health checks.'],
    [
      'latency',
      { typed: latency },
      'Answers come 200ms late, give or take 40ms. Hits all requests and health checks.',
    ],
    [
      'latency',
      { typed: { ...latency, distribution: 'normal', direction: 'to-backend' }, affects: 'checks' },
      'Requests reach it 200ms late, mostly within 40ms of that. Hits all health checks. Requests are served.',
    ],
    [
      'latency',
      { typed: { ...latency, distribution: 'pareto', probability: '0.1' }, affects: 'traffic' },
      'Answers come 200ms late at least, some much more (a tail of scale 40ms). Hits 10 % of requests, by chance. Checks do not notice.',
    ],
    [
      'error',
      {
        typed: { every: '3', first: '9', times: '2', for: '30s', method: 'GET', path: '/users' },
        headers: [{ id: 0, name: 'X-User', value: 'anna' }],
        affects: 'traffic',
      },
      'Answers 503 in place of the backend. Hits every third of the first 9 GET requests with a path that begins with /users and X-User: anna, 2 times in all, for 30s. Checks do not notice.',
    ],
    [
      'bandwidth',
      { typed: { rate: '50' } },
      'Each connection carries 50 KB/s towards the client. Hits all requests and health checks.',
    ],
  ];
  it.each(CASES)('%s %j', (type, draft, words) => {
    const kind = FAULT_KINDS.find((one) => one.type === type);
    expect(kind && faultWords(kind, { ...EMPTY_DRAFT, ...draft })).toBe(words);
  });
});

describe('a fault at work, said', () => {
  it.each([
    ['crash', 'refuses connections'],
    ['error 503 probability=0.3', 'answers 503 to 30 % of requests'],
    ['latency 200ms±40ms every=3', 'answers 200 ms ± 40 ms late for one in 3 requests'],
    ['latency 1500ms direction=to-backend affects=checks', 'gets requests 1.5 s late for health checks'],
    ['hang first=10 for=90s', 'never answers for the first 10 requests, for 1 min 30 s in all'],
    [
      'error 500 method=GET path=/users header.X-User=anna',
      'answers 500 to GET requests to /users with X-User: anna',
    ],
    ['reset 2000 affects=traffic times=1', 'resets the connection after 2,000 bytes for requests, once'],
    ['flap 10s/3s', 'works for 10 s and is crashed for 3 s, in turn'],
  ])('%s', (text, words) => {
    const parsed = parseFault(text);
    expect(parsed.ok && saidFault(parsed.value)).toBe(words);
  });
});

describe('the menu of a backend', () => {
  it('makes it misbehave by a preset, and behave again', async () => {
    const fake = await open({ faults: [active('crash')] });
    await openMenu();
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Simulate a fault' }));
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Slow 3G' }));
    const key = { pool: 'users', backend: 'a' };
    await waitFor(() =>
      expect(fake.calls).toContainEqual([
        'setFaults',
        { ...key, faults: ['latency 400ms±100ms', 'bandwidth 50KB/s'] },
      ]),
    );
    await openMenu();
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Clear its faults' }));
    await waitFor(() => expect(fake.calls).toContainEqual(['setFaults', { ...key, faults: [] }]));
  });
});

describe('the faults of a backend', () => {
  it('are listed with what they have hit, added to, and taken off one by one', async () => {
    const { fake, dialog } = await openDialog({
      faults: [
        active('latency 1s', { requestsHit: 1_234, probesHit: 5 }),
        active('error 503 times=2', { isSpent: true }),
      ],
    });
    expect(dialog.getByText('1,234 requests and 5 probes hit')).toBeDefined();
    expect(dialog.getByText('0 requests and 0 probes hit, over')).toBeDefined();
    await userEvent.selectOptions(dialog.getByLabelText('Kind of fault'), 'error');
    await userEvent.type(dialog.getByLabelText('Status'), '429');
    await userEvent.type(dialog.getByLabelText('Body'), 'try later');
    await userEvent.click(dialog.getByText('Which requests'));
    await userEvent.type(dialog.getByLabelText('Every'), '3');
    await userEvent.selectOptions(dialog.getByLabelText('Method'), 'POST');
    await userEvent.click(dialog.getByRole('button', { name: 'Add a header' }));
    await userEvent.type(dialog.getByLabelText('Name of header 1'), 'X-User');
    await userEvent.type(dialog.getByLabelText('Value of header 1'), 'anna');
    await userEvent.click(dialog.getByRole('button', { name: 'Traffic' }));
    await userEvent.click(dialog.getByRole('button', { name: 'Add the fault' }));
    const added = 'error status=429 body="try later" every=3 method=POST header.X-User=anna affects=traffic';
    const key = { pool: 'users', backend: 'a' };
    await waitFor(() =>
      expect(fake.calls).toContainEqual([
        'setFaults',
        { ...key, faults: ['latency 1s', 'error 503 times=2', added] },
      ]),
    );
    await userEvent.click(dialog.getByRole('button', { name: 'Remove latency 1s' }));
    await waitFor(() =>
      expect(fake.calls).toContainEqual(['setFaults', { ...key, faults: ['error 503 times=2', added] }]),
    );
  });

  it('say what is wrong with one, and keep what was typed', async () => {
    const message = '"latency" has no latency: it is not a duration';
    const { dialog } = await openDialog({}, { setFaults: async () => fail({ code: 'refused', message }) });
    await userEvent.selectOptions(dialog.getByLabelText('Kind of fault'), 'latency');
    await userEvent.type(dialog.getByLabelText('Give or take'), '5ms');
    await userEvent.click(dialog.getByRole('button', { name: 'Add the fault' }));
    expect((await dialog.findByRole('alert')).textContent).toBe(message);
    expect(dialog.getByLabelText<HTMLInputElement>('Give or take').value).toBe('5ms');
  });
});

describe('the window', () => {
  it('says that what happens is simulated, and clears all of it', async () => {
    const fake = await open({ faults: [active('crash'), active('latency 1s')] });
    expect(screen.getByText(/a refuses connections and answers 1 s late/)).toBeDefined();
    await userEvent.click(screen.getByRole('button', { name: 'Clear all faults' }));
    await waitFor(() => expect(fake.calls.map(([name]) => name)).toContain('clearFaults'));
  });

  it('says nothing of it where there is none', async () => {
    await open({});
    expect(screen.queryByText('Simulated faults are active.')).toBeNull();
    expect(screen.queryByRole('heading', { name: 'Detection gap' })).toBeNull();
  });

  it('names a few of those that are broken, and says how many more there are', async () => {
    const incident = {
      cause: 'connection refused',
      isSimulated: false,
      brokenAt: 0,
      firstErrorAt: null,
      markedDownAt: 1,
      backAt: null,
      failed: 0,
      rescued: 0,
    };
    const all = Array.from({ length: 40 }, (_, index) => backend(`b${index}`, { incident }));
    await openApp(snapshotOf(all));
    const gap = within(screen.getByRole('region', { name: 'Detection gap' }));
    expect(gap.getAllByRole('listitem')).toHaveLength(4);
    expect(gap.getByText('and 36 more that last')).toBeDefined();
  });

  it('shows how long a failure took to be noticed, and what it cost', async () => {
    const incident = {
      cause: 'crash',
      isSimulated: true,
      brokenAt: 1_000,
      firstErrorAt: 1_400,
      markedDownAt: 3_200,
      backAt: null,
      failed: 7,
      rescued: 5,
    };
    await open({ incident });
    const gap = screen.getByRole('region', { name: 'Detection gap' });
    expect(within(gap).getByRole('listitem').textContent).toMatch(
      /^a crashfirst error 400 msnoticed 2.2 slasted .* so farclient errors 7rescued 5$/,
    );
  });
});
