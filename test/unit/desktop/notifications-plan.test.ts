import { describe, expect, it } from 'vitest';
import {
  addHappening,
  dueAt,
  type Happening,
  happeningOf,
  NO_NOTES,
  type NotesPlan,
  tell,
} from '../../../electron/desktop/notifications-plan.ts';
import type { EngineEvent } from '../../../shared/view/engine-event.ts';
import type { BackendSnapshot } from '../../../shared/view/snapshot.ts';
import { backend } from '../../renderer/fake-api.ts';

const KEY = { id: 1, at: 1_000, pool: 'users', backend: 'a' } as const;
const WENT_DOWN: EngineEvent = {
  ...KEY,
  kind: 'backend-down',
  reason: 'connection refused',
  cause: { kind: 'refused' },
  upMs: null,
};
const CAME_BACK: EngineEvent = { ...KEY, kind: 'backend-up', reason: 'HEAD / → 200', downMs: 12_340 };
const CRASH: Partial<BackendSnapshot> = {
  incident: {
    cause: 'crash',
    isSimulated: true,
    brokenAt: 0,
    firstErrorAt: null,
    markedDownAt: null,
    backAt: null,
    failed: 0,
    rescued: 0,
  },
};

describe('what is worth a notification', () => {
  it.each([
    ['going down', WENT_DOWN, {}, { what: 'down', words: 'connection refused', isSimulated: false }],
    ['coming back', CAME_BACK, {}, { what: 'up', words: 'after 12s' }],
    [
      'ejection',
      { ...KEY, kind: 'backend-ejected', reason: '5 failures in a row', forMs: 1 },
      {},
      { words: 'ejected: 5 failures in a row' },
    ],
    ['a simulated fault', WENT_DOWN, CRASH, { isSimulated: true }],
    ['one the user has switched off', WENT_DOWN, { admin: 'disabled' }, null],
    ['one the user drains', WENT_DOWN, { admin: 'draining' }, null],
    ['one the user has forced', WENT_DOWN, { forced: 'up' }, null],
    ['the user switching it', { ...KEY, kind: 'admin', state: 'disabled' }, {}, null],
    ['the user forcing it', { ...KEY, kind: 'health-forced', forced: 'down' }, {}, null],
    ['a fault that is set', { ...KEY, kind: 'faults-set', faults: ['crash'] }, {}, null],
    ['a config', { id: 1, at: 1, kind: 'config-applied', summary: '' }, {}, null],
  ] as const)('%s', (_, event, change, expected) => {
    const happening = happeningOf(event, backend('a', change), false);
    if (expected === null) expect(happening).toBeNull();
    else expect(happening).toMatchObject(expected);
  });

  it('is simulated while a scenario plays, and nothing for a backend that is gone', () => {
    expect(happeningOf(WENT_DOWN, backend('a'), true)?.isSimulated).toBe(true);
    expect(happeningOf(WENT_DOWN, undefined, false)).toBeNull();
  });
});

const one = (name: string, what: 'down' | 'up', change: Partial<Happening> = {}): Happening => ({
  pool: 'users',
  backend: name,
  what,
  words: what === 'down' ? 'connection refused' : 'after 12s',
  isSimulated: false,
  at: 1_000,
  ...change,
});
const planOf = (...all: readonly Happening[]) => all.reduce<NotesPlan>(addHappening, NO_NOTES);
const noteOf = (...all: readonly Happening[]) => tell(planOf(...all), 2_000, false).note;

describe('what is shown', () => {
  it('says which, why and where', () => {
    expect(noteOf(one('a', 'down'))).toEqual({
      title: 'a is down',
      body: 'connection refused, pool users',
      pool: 'users',
    });
  });

  it('is one for many', () => {
    const many = ['a', 'b', 'c', 'd', 'e'].map((name) => one(name, 'down'));
    expect(noteOf(...many)).toMatchObject({ title: '5 backends are down', body: 'a, b, c and 2 more' });
  });

  it('labels what is simulated, all or some of it', () => {
    const crash = one('a', 'down', { isSimulated: true });
    expect(noteOf(crash)?.title).toBe('Simulated: a is down');
    expect(noteOf(crash, one('b', 'down'))).toMatchObject({
      title: '2 backends are down',
      body: 'a (simulated), b',
    });
  });

  it('is nothing while the window is looked at, which is remembered', () => {
    const { plan, note } = tell(planOf(one('a', 'down')), 2_000, true);
    expect(note).toBeNull();
    expect(tell(addHappening(plan, one('a', 'up')), 3_000, false).note?.title).toBe('a is back');
  });

  it('is nothing for what came back before anything was said', () => {
    expect(noteOf(one('a', 'down'), one('a', 'up'))).toBeNull();
  });

  it('says both when some go and others come back', () => {
    const { plan } = tell(planOf(one('c', 'down')), 2_000, false);
    const next = [one('a', 'down'), one('b', 'down'), one('c', 'up')].reduce(addHappening, plan);
    expect(tell(next, 20_000, false).note?.title).toBe('2 backends are down, 1 is back');
  });

  it('keeps that a failure was simulated when it is over', () => {
    const { plan } = tell(planOf(one('a', 'down', { isSimulated: true })), 2_000, false);
    expect(tell(addHappening(plan, one('a', 'up')), 20_000, false).note?.title).toBe('Simulated: a is back');
  });

  it('waits a second for others, and ten after the last', () => {
    expect(dueAt(NO_NOTES)).toBeNull();
    expect(dueAt(planOf(one('a', 'down', { at: 1_000 }), one('b', 'down', { at: 1_800 })))).toBe(2_000);
    const { plan } = tell(planOf(one('a', 'down')), 2_000, false);
    expect(dueAt(plan)).toBeNull();
    expect(dueAt(addHappening(plan, one('a', 'up', { at: 2_500 })))).toBe(12_000);
  });
});
