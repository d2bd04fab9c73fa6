import { expect, it } from 'vitest';
import {
  mostConnections,
  tooManyConnections,
} from '../../../../electron/engine/http/message/request-limits.ts';

it.each([
  [10_000, null, 10_000],
  [10_000, 1_048_576, 10_000],
  [10_000, 1_024, 496],
  [100, 1_024, 100],
  [100, 8, 1],
])('of %d connections, with %s open files, takes %d', (connections, openFiles, most) => {
  expect(mostConnections(connections, openFiles)).toBe(most);
});

it('says which of the two is the limit', () => {
  expect(tooManyConnections(100, null)).toMatch(/^The listener has 100 .*limits\.connections/);
  expect(tooManyConnections(10_000, 1_024)).toMatch(/^The listener has 496 .*1024 files open \(ulimit -n\)/);
});
