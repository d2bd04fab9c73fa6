import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it, vi } from 'vitest';
import { AppTray } from '../../../electron/desktop/tray.ts';
import { trayHealth, trayTemplate, trayTitle } from '../../../electron/desktop/tray-template.ts';
import type { ActionContext } from '../../../shared/actions/action.ts';
import { allActions } from '../../../shared/actions/all-actions.ts';
import type { BackendSnapshot } from '../../../shared/view/snapshot.ts';
import { backend, snapshotOf } from '../../renderer/fake-api.ts';
import { contextOf } from '../shared/actions/context.ts';

const DOWN = { health: { health: 'down', reason: 'connection refused', since: 0 } } as const;
const OFF = { admin: 'disabled' } as const;
const contextWith = (...backends: readonly BackendSnapshot[]) =>
  contextOf({ snapshot: snapshotOf(backends) });

function templateOf(context: ActionContext, change = {}): MenuItemConstructorOptions[] {
  const actions = { perform: vi.fn(), showWindow: vi.fn(), quit: vi.fn(), ...change };
  return trayTemplate(context, allActions(context), actions);
}

function submenuOf(template: readonly MenuItemConstructorOptions[], id: string) {
  const submenu = template.find((item) => item.id === id)?.submenu;
  return Array.isArray(submenu) ? submenu : [];
}

describe('the tray', () => {
  it.each([
    ['up', contextWith(backend('a'), backend('b')), '2 of 2 backends up'],
    ['some', contextWith(backend('a'), backend('b', DOWN)), '1 of 2 backends up'],
    ['some', contextWith(backend('a'), backend('b', OFF)), '1 of 2 backends up'],
    ['down', contextWith(backend('a', DOWN)), '0 of 1 backend up'],
    ['off', contextOf({ snapshot: snapshotOf([backend('a')], { isRunning: false }) }), 'the balancer is off'],
    ['off', contextOf({ snapshot: null }), 'starting'],
  ] as const)('is %s', (health, context, words) => {
    expect(trayHealth(context)).toBe(health);
    expect(trayTitle(context)).toBe(`Switchyard: ${words}`);
  });

  it('goes by the worst of all pools', () => {
    const { pools, ...rest } = snapshotOf([backend('a')]);
    const [pool] = pools;
    if (!pool) throw new Error('no pool');
    const snapshot = { ...rest, pools: [pool, { ...pool, name: 'two', backends: [backend('b', DOWN)] }] };
    expect(trayHealth({ snapshot })).toBe('down');
  });

  it('says that backends are tried anyway, or busy', () => {
    const cause = { kind: 'status', status: 500 } as const;
    const failing = backend('a', {
      health: { health: 'down', reason: 'HEAD / answered 500', cause, since: 0 },
    });
    const busy = { reason: 'no answer within 1s; busy with 3 requests', since: 0 };
    const { health } = backend('b');
    const tried = snapshotOf([failing]);
    const context = contextOf({
      snapshot: { ...tried, pools: tried.pools.map((pool) => ({ ...pool, isTryingAnyway: true })) },
    });
    expect(trayHealth(context)).toBe('some');
    expect(trayTitle(context)).toBe('Switchyard: 0 of 1 backend up, tried anyway');
    expect(submenuOf(templateOf(context), 'pool/users')[0]?.label).toBe(
      'a: tried anyway, down, HEAD / answered 500',
    );
    const other = templateOf(contextWith(backend('b', { health: { ...health, busy } })));
    expect(other.find(({ id }) => id === 'pool/users')?.label).toBe('users: 1 of 1 up, 1 busy');
    expect(submenuOf(other, 'pool/users')[0]?.label).toBe(
      'b: busy, no answer within 1s; busy with 3 requests',
    );
  });

  it('switches a backend, and says how each one stands', () => {
    const perform = vi.fn();
    const context = contextWith(backend('a'), backend('b', DOWN), backend('c', OFF));
    const items = submenuOf(templateOf(context, { perform }), 'pool/users');
    expect(items.slice(0, 3).map(({ label, checked }) => [label, checked])).toEqual([
      ['a: up', true],
      ['b: down, connection refused', true],
      ['c: off by you', false],
    ]);
    items[2]?.click?.(Object({}), undefined, Object({}));
    expect(perform).toHaveBeenCalledWith({
      kind: 'set-admin',
      pool: 'users',
      backend: 'c',
      state: 'enabled',
    });
  });

  it('shows the window, stops the balancer, clears faults and quits', () => {
    const [showWindow, quit, perform] = [vi.fn(), vi.fn(), vi.fn()];
    const template = templateOf(contextOf(), { showWindow, quit, perform });
    for (const id of ['show', 'quit', 'balancer.running'])
      template.find((item) => item.id === id)?.click?.(Object({}), undefined, Object({}));
    expect(showWindow).toHaveBeenCalledOnce();
    expect(quit).toHaveBeenCalledOnce();
    expect(perform).toHaveBeenCalledWith({ kind: 'set-running', isRunning: false });
    expect(template.find(({ id }) => id === 'balancer.clear-faults')?.enabled).toBe(false);
    expect(template.every((item) => item.accelerator === undefined)).toBe(true);
  });

  function fakeTray(platform: string) {
    const tray = {
      setImage: vi.fn(),
      setToolTip: vi.fn(),
      setContextMenu: vi.fn(),
      on: vi.fn(),
      destroy: vi.fn(),
    };
    const image = { addRepresentation: vi.fn(), setTemplateImage: vi.fn() };
    const Tray = vi.fn(function make() {
      return tray;
    });
    const parts = {
      Tray,
      Menu: { buildFromTemplate: vi.fn() },
      nativeImage: { createEmpty: () => image },
      platform,
      perform: vi.fn(),
      showWindow: vi.fn(),
      quit: vi.fn(),
    };
    return { app: new AppTray(Object(parts)), tray, image, Tray };
  }

  it.each([
    ['darwin', true],
    ['linux', false],
  ])('has an icon of its own on %s, drawn anew when health changes', (platform, isTemplate) => {
    const { app, tray, image } = fakeTray(platform);
    const show = (context: ActionContext) => app.show(context, allActions(context));
    show(contextWith(backend('a')));
    expect(image.setTemplateImage).toHaveBeenCalledWith(isTemplate);
    show(contextWith(backend('a')));
    expect(tray.setContextMenu).toHaveBeenCalledOnce();
    expect(tray.setImage).not.toHaveBeenCalled();
    show(contextWith(backend('a', DOWN)));
    expect(tray.setImage).toHaveBeenCalledOnce();
    expect(tray.setContextMenu).toHaveBeenCalledTimes(2);
  });

  it('does without where there is none', () => {
    const { app, Tray } = fakeTray('linux');
    Tray.mockImplementation(function none() {
      throw new Error('no tray');
    });
    const context = contextWith(backend('a'));
    const complain = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    expect(() => app.show(context, allActions(context))).not.toThrow();
    complain.mockRestore();
  });
});
