import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../../../electron/services/config/parse.ts';
import { parseStep } from '../../../../shared/config/scenario-schema.ts';

describe('a step of a scenario', () => {
  it.each([
    ['at 0s: kill users-2', 0, { kind: 'process', backend: 'users-2', what: 'kill' }],
    ['at 1m30s: pause a b', 90_000, { kind: 'process', backend: 'a b', what: 'pause' }],
    ['at 500ms: resume p/a', 500, { kind: 'process', backend: 'p/a', what: 'resume' }],
    ['at 10s: drain a', 10_000, { kind: 'admin', backend: 'a', state: 'draining' }],
    ['at 10s: disable a', 10_000, { kind: 'admin', backend: 'a', state: 'disabled' }],
    ['at 10s: enable a', 10_000, { kind: 'admin', backend: 'a', state: 'enabled' }],
    ['at 10s: force  down a', 10_000, { kind: 'force', backend: 'a', forced: 'down' }],
    ['at 10s: force checks a', 10_000, { kind: 'force', backend: 'a', forced: null }],
    ['at 20s: restore', 20_000, { kind: 'restore', backend: null }],
    ['at 20s: restore a', 20_000, { kind: 'restore', backend: 'a' }],
  ])('%s', (text, atMs, action) => {
    expect(parseStep(text)).toMatchObject({ ok: true, value: { atMs, action } });
  });

  it('makes a backend misbehave, in one way or several', () => {
    expect(parseStep('at 10s: my users latency 800ms±200, error 503 every=3')).toMatchObject({
      ok: true,
      value: {
        text: 'my users latency 800ms±200, error 503 every=3',
        action: {
          backend: 'my users',
          faults: [
            { type: 'latency', latency: 800, jitter: 200 },
            { type: 'error', status: 503, every: 3 },
          ],
        },
      },
    });
  });

  it.each([
    ['kill users-2', 'has no time; write it like "at 10s: users-1 latency 800ms"'],
    [
      'at soon: restore',
      'has "soon" for a time, which is not a duration; write it like "2s" (units: ms, s, m, h)',
    ],
    [
      'at 1s: explode a',
      'says neither what is wrong with whom, like "at 10s: users-1 latency 800ms", nor one of enable, disable, drain, force up, force down, force checks, kill, pause, resume, restore',
    ],
    [
      'at 1s: a latency',
      'has a fault that is none: "latency" has no latency: it is not a duration; write it like "2s" (units: ms, s, m, h)',
    ],
  ])('%s is refused', (text, error) => {
    expect(parseStep(text)).toEqual({ ok: false, error });
  });
});

describe('scenarios in a config', () => {
  const config = (scenarios: object) =>
    parseConfig(
      JSON.stringify({
        listeners: [{ address: ':1', defaultPool: 'users' }],
        pools: {
          users: {
            servers: [
              { url: 'http://a', name: 'a' },
              { command: 'x', name: 'w', instances: 2 },
            ],
          },
          other: { servers: [{ url: 'http://b', name: 'a' }] },
        },
        scenarios,
      }),
    );
  const messages = (scenarios: object) => {
    const parsed = config(scenarios);
    return parsed.ok ? [] : parsed.error.map(({ message }) => message);
  };

  it('are a list of steps, or that with a seed; steps come in the order of their times', () => {
    const parsed = config({
      plain: ['at 2s: restore', 'at 1s: kill w-2'],
      seeded: { seed: 7, steps: ['at 0s: other/a crash'] },
    });
    expect(parsed.ok && parsed.value.scenarios).toMatchObject([
      { name: 'plain', seed: null, steps: [{ text: 'kill w-2' }, { text: 'restore' }] },
      { name: 'seeded', seed: 7, steps: [{ text: 'other/a crash' }] },
    ]);
  });

  it('are about backends there are', () => {
    expect(messages({ s: ['at 0s: kill w-3'] })).toEqual([
      'scenarios.s[0]: "at 0s: kill w-3" is about nobody: there is no backend "w-3"; did you mean "w-1"?',
    ]);
    expect(messages({ s: { steps: ['at 0s: a crash'] } })).toEqual([
      'scenarios.s.steps[0]: "at 0s: a crash" is about nobody: "a" is in more than one pool; write users/a or other/a',
    ]);
  });

  it.each([
    [{ s: [] }, 'scenarios.s: [] is empty; write at least one step such as "at 10s: users-1 latency 800ms"'],
    [
      { s: ['kill a'] },
      'scenarios.s[0]: "kill a" has no time; write it like "at 10s: users-1 latency 800ms"',
    ],
    [
      { s: 5 },
      'scenarios.s: 5 must be a list of steps such as ["at 10s: users-1 latency 800ms"], or an object with "steps"',
    ],
  ])('that are wrong say so: %j', (scenarios, message) => {
    expect(messages(scenarios)).toEqual([message]);
  });
});
