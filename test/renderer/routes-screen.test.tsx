import { act, cleanup, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { fail } from '../../shared/calls/result.ts';
import type { ConfigFailure } from '../../shared/config/config-document.ts';
import type { RouteSnapshot, Snapshot } from '../../shared/view/snapshot.ts';
import { backend, type FakeApi, route, snapshotOf } from './fake-api.ts';
import { openApp } from './open-app.tsx';

vi.mock('uplot', () => ({
  default: class {
    setData(): void {}
    setSize(): void {}
    destroy(): void {}
  },
}));
afterEach(cleanup);

function withRoutes(routes: readonly RouteSnapshot[], listeners = 1): Snapshot {
  const plain = snapshotOf([backend('a')]);
  const [listener] = plain.listeners;
  const [pool] = plain.pools;
  if (!listener || !pool) throw new Error('the test is wrong');
  const other = { ...listener, name: 'admin', address: ':9090', url: 'http://localhost:9090' };
  return {
    ...plain,
    listeners: [{ ...listener, routes }, other].slice(0, listeners),
    pools: [pool, { ...pool, name: 'orders', backends: [backend('o')] }],
  };
}

const ROUTES = [
  route({ path: '/old', redirect: { to: '/new', status: 308 } }),
  route({ path: '/orders', pool: 'orders', stripPrefix: true, requestHeaders: { set: { 'X-Team': 'o' } } }),
  route({ host: '*.shop.localhost', pool: 'orders' }),
  route({ host: 'eu.shop.localhost', respond: { status: 503, body: 'closed' } }),
];

async function openRoutes(snapshot: Snapshot, overrides = {}): Promise<FakeApi> {
  const fake = await openApp(snapshot, overrides);
  await userEvent.click(screen.getByRole('button', { name: 'Routes of http://localhost:8080' }));
  await screen.findByRole('heading', { level: 1, name: /^Routes of/ });
  return fake;
}

const rows = () =>
  within(screen.getByRole('list', { name: 'Routes, in the order they are tried' }))
    .getAllByRole('listitem')
    .map((row) => row.textContent);
const lastEdit = (fake: FakeApi) => fake.calls.findLast(([name]) => name === 'editConfig')?.[1];
const invalid = (...issues: readonly (readonly [string, string, readonly (string | number)[]])[]) =>
  fail<ConfigFailure>({
    code: 'invalid',
    issues: issues.map(([path, words, keys]) => ({ path, keys, message: `${path}: ${words}` })),
  });

describe('the list', () => {
  it('has the routes in the order they are tried, says what each does, and where all else goes', async () => {
    await openRoutes(withRoutes(ROUTES));
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Routes of localhost:8080');
    expect(rows()).toEqual([
      '1eu.shop.localhostanswers 503closed',
      '2*.shop.localhostpool orders',
      '3any host/orderspool orderswithout /orders; sets X-Team on requests',
      '4any host/oldredirect to /new with status 308',
      'Everything elsepool usersthe default pool',
    ]);
  });

  it('says what a route is for while there is none, and that the only listener stays', async () => {
    await openRoutes(withRoutes([]));
    expect(screen.getByText(/^None yet\. A route sends some requests elsewhere/)).toBeDefined();
    expect(rows()).toEqual(['Every requestpool usersthe default pool']);
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Remove listener' }).disabled).toBe(true);
  });

  it('removes a route at once, and says so with a way back', async () => {
    const fake = await openRoutes(withRoutes(ROUTES));
    await userEvent.click(screen.getByRole('button', { name: 'Remove the route *.shop.localhost' }));
    const key = { host: '*.shop.localhost', path: '/' };
    expect(lastEdit(fake)).toEqual({ edit: { kind: 'remove-route', listener: ':8080', key }, revision: 1 });
    expect(await screen.findByText('Removed the route *.shop.localhost.')).toBeDefined();
    expect(screen.getByRole('button', { name: 'Undo' })).toBeDefined();
  });

  it('is that of the listener picked', async () => {
    const fake = await openRoutes(withRoutes(ROUTES, 2));
    await userEvent.click(screen.getByRole('button', { name: 'Routes of http://localhost:9090' }));
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Routes of localhost:9090');
    await userEvent.click(screen.getByRole('button', { name: 'Remove listener' }));
    expect(lastEdit(fake)).toMatchObject({ edit: { kind: 'remove-listener', listener: 'admin' } });
  });
});

describe('which route', () => {
  it.each([
    ['/orders/7?x=1', 'Route /orders sends it to pool orders, where a backend gets /7?x=1.'],
    ['/other', 'No route fits, so the listener sends it to pool users, where a backend gets /other.'],
    ['http://eu.shop.localhost:8080/a', 'Route eu.shop.localhost answers 503 by itself.'],
    [
      'Us.shop.localhost:8080/old',
      'Route *.shop.localhost sends it to pool orders, where a backend gets /old.',
    ],
    ['localhost:8080/old/a?b', 'Route /old sends the client to /new/a?b with status 308.'],
    [
      'http://localhost:9999/old',
      'Route /old sends the client to /new with status 308. ' +
        'That is what this listener would do; port 9999 is not its own.',
    ],
  ])('%s', async (asked, words) => {
    await openRoutes(withRoutes(ROUTES));
    await userEvent.type(screen.getByLabelText('Which route?'), asked);
    expect(screen.getByRole('status', { name: 'Where it goes' }).textContent).toBe(words);
  });

  it('says what is no request, and nothing while nothing is typed', async () => {
    await openRoutes(withRoutes(ROUTES));
    const field = screen.getByLabelText('Which route?');
    expect(screen.queryByRole('status', { name: 'Where it goes' })).toBeNull();
    await userEvent.type(field, 'https://x');
    expect(screen.getByRole('alert').textContent).toBe('This listener answers http, not https.');
    await userEvent.clear(field);
    await userEvent.type(field, '/a b');
    expect(screen.getByRole('alert').textContent).toMatch(/^There is a space in it; write/);
  });

  it('counts in the base path that backends have', async () => {
    const snapshot = withRoutes(ROUTES);
    const pools = snapshot.pools.map((pool) => ({
      ...pool,
      backends: [backend('o', { url: 'http://o:1/base' })],
    }));
    await openRoutes({ ...snapshot, pools });
    await userEvent.type(screen.getByLabelText('Which route?'), '/orders/7');
    expect(screen.getByRole('status', { name: 'Where it goes' }).textContent).toContain('gets /base/7.');
  });
});

const NONE = { set: {}, remove: [] };

describe('a route', () => {
  const open = async (button: string) => {
    await userEvent.click(screen.getByRole('button', { name: button }));
    return within(await screen.findByRole('dialog'));
  };

  it('is added, to the pool that is not the default one already', async () => {
    const fake = await openRoutes(withRoutes([]));
    const dialog = await open('Add route');
    await userEvent.type(dialog.getByLabelText('Host'), 'Users.localhost');
    await userEvent.clear(dialog.getByLabelText('Path'));
    await userEvent.type(dialog.getByLabelText('Path'), '/api');
    await userEvent.selectOptions(dialog.getByLabelText('The path a backend gets'), 'With /api replaced');
    await userEvent.type(dialog.getByLabelText('In its place'), 'v1');
    expect(dialog.getByText('/api/7 → /v1/7')).toBeDefined();
    await userEvent.click(dialog.getByRole('button', { name: 'Add a header' }));
    await userEvent.type(dialog.getByLabelText('Name of header 1'), 'X-Team');
    await userEvent.type(dialog.getByLabelText('Value of header 1'), 'users');
    await userEvent.click(dialog.getByRole('button', { name: 'Add a header' }));
    await userEvent.selectOptions(dialog.getByLabelText('What is done with header 2'), 'Answer: take off');
    await userEvent.type(dialog.getByLabelText('Name of header 2'), 'Server');
    await userEvent.click(dialog.getByRole('button', { name: 'Add route' }));
    expect(lastEdit(fake)).toEqual({
      edit: {
        kind: 'add-route',
        listener: ':8080',
        route: {
          host: 'users.localhost',
          path: '/api',
          pool: 'orders',
          stripPrefix: false,
          replacePrefix: '/v1',
          requestHeaders: { set: { 'X-Team': 'users' }, remove: [] },
          responseHeaders: { set: {}, remove: ['Server'] },
        },
      },
      revision: 1,
    });
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('is edited as it stands, and can become a fixed answer', async () => {
    const fake = await openRoutes(withRoutes(ROUTES));
    const dialog = await open('Edit the route /old');
    expect(dialog.getByLabelText<HTMLInputElement>('Send the client to').value).toBe('/new');
    expect(dialog.getByLabelText<HTMLSelectElement>('Status').value).toBe('308');
    await userEvent.click(dialog.getByRole('button', { name: 'Fixed answer' }));
    await userEvent.type(dialog.getByLabelText('Body'), 'gone');
    await userEvent.clear(dialog.getByLabelText('Status'));
    await userEvent.type(dialog.getByLabelText('Status'), '410');
    await userEvent.click(dialog.getByRole('button', { name: 'Save' }));
    expect(lastEdit(fake)).toEqual({
      edit: {
        kind: 'update-route',
        listener: ':8080',
        key: { path: '/old' },
        route: {
          path: '/old',
          respond: { status: 410, body: 'gone', contentType: 'text/plain; charset=utf-8' },
          stripPrefix: false,
          requestHeaders: NONE,
          responseHeaders: NONE,
        },
      },
      revision: 1,
    });
  });

  it('stays open with each message at its field when it is refused', async () => {
    const at = ['listeners', 0, 'routes', 0];
    await openRoutes(withRoutes(ROUTES), {
      editConfig: async () =>
        invalid(
          ['listeners[0].routes[0].host', '"a b" must be a host', [...at, 'host']],
          [
            'listeners[0].routes[0].requestHeaders.set.Host',
            'is written by the balancer itself',
            [...at, 'requestHeaders', 'set', 'Host'],
          ],
        ),
    });
    const dialog = await open('Edit the route /orders');
    await userEvent.type(dialog.getByLabelText('Host'), 'a b');
    const name = dialog.getByLabelText('Name of header 1');
    await userEvent.clear(name);
    await userEvent.type(name, 'Host');
    await userEvent.click(dialog.getByRole('button', { name: 'Save' }));
    const described = (field: HTMLElement) =>
      document.getElementById(field.getAttribute('aria-describedby') ?? '')?.textContent;
    expect(described(dialog.getByLabelText('Host'))).toBe('"a b" must be a host');
    expect(described(name)).toBe('is written by the balancer itself');
  });

  it('is still the one being edited when the config has changed around it', async () => {
    const fake = await openRoutes(withRoutes(ROUTES));
    const dialog = await open('Edit the route /orders');
    const anew = ROUTES.map((one) => ({ ...one, settings: { ...one.settings } }));
    act(() => fake.push('engine:snapshot', withRoutes(anew)));
    await userEvent.click(dialog.getByRole('button', { name: 'Save' }));
    expect(lastEdit(fake)).toMatchObject({ edit: { kind: 'update-route', key: { path: '/orders' } } });
  });

  it('cannot be for the requests of another, or set one header twice', async () => {
    const fake = await openRoutes(withRoutes(ROUTES));
    const dialog = await open('Edit the route /orders');
    await userEvent.clear(dialog.getByLabelText('Path'));
    await userEvent.type(dialog.getByLabelText('Path'), '/old');
    await userEvent.click(dialog.getByRole('button', { name: 'Add a header' }));
    await userEvent.type(dialog.getByLabelText('Name of header 2'), 'x-team');
    await userEvent.click(dialog.getByRole('button', { name: 'Save' }));
    expect(dialog.getAllByRole('alert').map((one) => one.textContent)).toEqual([
      'There is a route for /old already; change that one, or this host or path.',
      'is set twice; remove one of the two',
    ]);
    expect(fake.calls).toEqual([]);
  });
});

describe('a listener', () => {
  it('moves to another address, and its routes stay on screen', async () => {
    const fake = await openRoutes(withRoutes(ROUTES));
    const field = screen.getByLabelText('Address');
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Save' }).disabled).toBe(true);
    await userEvent.clear(field);
    await userEvent.type(field, '9000');
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    expect(lastEdit(fake)).toMatchObject({
      edit: { kind: 'set-address', listener: ':8080', address: '9000' },
    });
    const moved = withRoutes(ROUTES, 2);
    const [first, ...others] = moved.listeners;
    if (!first) throw new Error('the test is wrong');
    const now = { ...first, name: ':9000', address: ':9000', url: 'http://localhost:9000' };
    act(() => fake.push('engine:snapshot', { ...moved, listeners: [...others, now] }));
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Routes of localhost:9000');
  });

  it('says what is wrong with an address under it, and leads by default where one chooses', async () => {
    const fake = await openRoutes(withRoutes([]), {
      editConfig: async (argument: { readonly edit: { readonly kind: string } }) => {
        if (argument.edit.kind === 'set-address') return invalid(['port', '"x" is not an address', ['port']]);
        fake.push('engine:snapshot', withRoutes([]));
        return fail({ code: 'not-applied', message: 'The pool is not there.' });
      },
    });
    await userEvent.type(screen.getByLabelText('Address'), 'x');
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    expect(screen.getByRole('alert').textContent).toBe('"x" is not an address');
    await userEvent.selectOptions(screen.getByLabelText('Default pool'), 'orders');
    expect(await screen.findByText('The pool is not there.')).toBeDefined();
  });

  it('is added, and shown', async () => {
    const fake = await openApp(withRoutes([]));
    await userEvent.click(screen.getByRole('button', { name: 'Add a listener' }));
    const dialog = within(await screen.findByRole('dialog'));
    await userEvent.type(dialog.getByLabelText('Address'), '9090');
    await userEvent.type(dialog.getByLabelText('Name'), 'admin');
    await userEvent.selectOptions(dialog.getByLabelText('Default pool'), 'orders');
    await userEvent.click(dialog.getByRole('button', { name: 'Add listener' }));
    expect(lastEdit(fake)).toEqual({
      edit: { kind: 'add-listener', address: ':9090', name: 'admin', defaultPool: 'orders' },
      revision: 1,
    });
    act(() => fake.push('engine:snapshot', withRoutes([], 2)));
    expect(await screen.findByRole('heading', { level: 1, name: 'Routes of localhost:9090' })).toBeDefined();
  });
});

describe('a new listener', () => {
  const fill = async (door: string) => {
    const fake = await openApp(withRoutes([]));
    await userEvent.click(screen.getByRole('button', { name: 'Add a listener' }));
    const dialog = within(await screen.findByRole('dialog'));
    await userEvent.type(dialog.getByLabelText('Address'), '9090');
    await userEvent.selectOptions(dialog.getByLabelText('Protocol'), door);
    return { fake, dialog, add: () => userEvent.click(dialog.getByRole('button', { name: 'Add listener' })) };
  };

  it('speaks https with the certificate that Switchyard makes', async () => {
    const { fake, add } = await fill('https, with a certificate that Switchyard makes');
    await add();
    expect(lastEdit(fake)).toMatchObject({ edit: { address: ':9090', tls: 'self-signed' } });
  });

  it('speaks https with a certificate of the user', async () => {
    const { fake, dialog, add } = await fill('https, with a certificate of your own');
    await userEvent.type(dialog.getByLabelText('Certificate'), './cert.pem');
    await userEvent.type(dialog.getByLabelText('Key'), ' ./key.pem');
    await add();
    expect(lastEdit(fake)).toMatchObject({ edit: { tls: { cert: './cert.pem', key: './key.pem' } } });
  });
});

describe('a pool', () => {
  it('is added with its backends, one on each line', async () => {
    const fake = await openRoutes(withRoutes([]));
    await userEvent.click(screen.getByRole('button', { name: 'Add a pool' }));
    const dialog = within(await screen.findByRole('dialog'));
    await userEvent.type(dialog.getByLabelText('Name'), 'carts');
    await userEvent.type(dialog.getByLabelText('Backends'), '7001{Enter}http://localhost:7002{Enter}');
    await userEvent.click(dialog.getByRole('button', { name: 'Add pool' }));
    const servers = ['http://localhost:7001', 'http://localhost:7002'];
    expect(lastEdit(fake)).toEqual({ edit: { kind: 'add-pool', pool: 'carts', servers }, revision: 1 });
    expect(screen.getByText('Added the pool carts.')).toBeDefined();
  });

  it('that nothing leads to says so, and shows where one adds a route', async () => {
    const fake = await openApp(withRoutes([]));
    await userEvent.click(screen.getByRole('button', { name: /^orders, 1 of 1 up/ }));
    expect(screen.getByText('Nothing leads here yet')).toBeDefined();
    await userEvent.click(screen.getByRole('button', { name: 'Remove pool' }));
    expect(lastEdit(fake)).toMatchObject({ edit: { kind: 'remove-pool', pool: 'orders' } });
    await userEvent.click(screen.getByRole('button', { name: 'Add a route…' }));
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Routes of localhost:8080');
  });

  it('says what is wrong with its name and with its backends, each at its field', async () => {
    await openRoutes(withRoutes([]), {
      editConfig: async () =>
        invalid(
          ['pools[""]', 'is not a name', ['pools', '']],
          ['pools[""].servers[0]', '"x" has no scheme', ['pools', '', 'servers', 0]],
        ),
    });
    await userEvent.click(screen.getByRole('button', { name: 'Add a pool' }));
    const dialog = within(await screen.findByRole('dialog'));
    await userEvent.click(dialog.getByRole('button', { name: 'Add pool' }));
    expect(dialog.getAllByRole('alert').map((one) => one.textContent)).toEqual([
      'is not a name',
      '"x" has no scheme',
    ]);
  });
});
