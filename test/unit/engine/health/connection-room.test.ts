import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ConnectionRoom } from '../../../../electron/engine/health/kept-connections.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function setUp(idle = 1) {
  const calls: string[] = [];
  const room = new ConnectionRoom({
    release: () => {
      calls.push('release');
      return idle;
    },
    resume: () => calls.push('resume'),
    keepNone: () => calls.push('keepNone'),
  });
  /** A probe with a timeout of 1 s that ends after so long. */
  const probe = (endsMs: number, hasResponse = true, isWaiting = true) => {
    const end = room.watch(1_000, () => isWaiting);
    vi.advanceTimersByTime(endsMs);
    end(hasResponse);
    return calls.splice(0);
  };
  return { probe };
}

it('leaves kept connections alone while probes are answered soon', () => {
  const { probe } = setUp();
  expect([probe(10), probe(499)]).toEqual([[], []]);
});

it('closes them when a connected probe has no response after half its time, until it ends', () => {
  const { probe } = setUp();
  expect(probe(1_000, false)).toEqual(['release', 'resume']);
  expect(probe(1_000, false, false)).toEqual([]);
});

it('keeps none any more when two probes were answered because of that', () => {
  const { probe } = setUp();
  expect(probe(510)).toEqual(['release', 'resume']);
  expect(probe(260)).toEqual(['release', 'resume', 'keepNone']);
});

it('does not take a backend that is always as slow for one that waits for room', () => {
  const { probe } = setUp();
  for (let turn = 0; turn < 6; turn++) expect(probe(550)).not.toContain('keepNone');
});

it('learns nothing where no connection was kept', () => {
  const { probe } = setUp(0);
  expect([probe(510), probe(260), probe(510)].flat()).not.toContain('keepNone');
});
