import { defaultFilter } from 'cmdk';
import { describe, expect, it } from 'vitest';
import { rankActions } from '../../renderer/features/palette/rank.ts';
import { allActions } from '../../shared/actions/all-actions.ts';
import { contextOf } from '../unit/shared/actions/context.ts';
import { backend, snapshotOf } from './fake-api.ts';

const actions = allActions(
  contextOf({ snapshot: snapshotOf(Array.from({ length: 40 }, (_, at) => backend(`users-${at + 1}`))) }),
);
const found = (query: string, recent: readonly string[] = []) =>
  rankActions(actions, query, recent, defaultFilter).flatMap((group) =>
    group.actions.map(({ name }) => name),
  );

describe('what the palette finds', () => {
  it.each([
    ['us12 drain', 'Drain users-12'],
    ['drain us12', 'Drain users-12'],
    ['crash users-3', 'Simulate on users-3: crash'],
    ['ewma', 'Policy: Peak EWMA'],
    ['dark', 'Dark theme'],
    ['req', 'Requests'],
    ['reset', 'Reset counters'],
    ['stop', 'Stop the balancer'],
    ['clipboard 8080', 'Copy http://localhost:8080'],
  ])('for %s is first %s', (query, name) => {
    expect(found(query)[0]).toBe(name);
  });

  it('is nothing for letters that merely occur', () => {
    expect(found('dark')).toEqual(['Dark theme']);
    expect(found('xqzw')).toEqual([]);
  });

  it('is short enough to read, with forty backends', () => {
    expect(found('users').length).toBe(50);
    expect(found('').length).toBeLessThan(50);
  });

  it('prefers what was run before', () => {
    expect(found('drain', ['backend.drain/users/users-17'])[0]).toBe('Drain users-17');
  });

  it('leaves out what would do nothing', () => {
    expect(found('clear all faults')).not.toContain('Clear all faults');
  });
});
