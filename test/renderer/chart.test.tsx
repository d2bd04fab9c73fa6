import { act, cleanup, fireEvent, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { mixed } from '../../renderer/charts/area-fill.ts';
import { bandsOf } from '../../renderer/charts/chart-bands.ts';
import { bandAt, countedIn, withBands } from '../../renderer/charts/chart-data.ts';
import { wishOf } from '../../renderer/charts/chart-keys.ts';
import { chartMarks } from '../../renderer/charts/chart-marks.ts';
import { pausedAt } from '../../renderer/charts/chart-view.ts';
import { readingWords } from '../../renderer/charts/chart-words.ts';
import { placeWords } from '../../renderer/charts/draw-marks.ts';
import { drawScenario, playedSpan } from '../../renderer/charts/scenario-line.ts';
import { keepSeconds } from '../../renderer/stores/apply-batch.ts';
import type { EngineEvent } from '../../shared/view/engine-event.ts';
import type { SecondBucket } from '../../shared/view/snapshot.ts';
import { backend, snapshotOf } from './fake-api.ts';
import { openApp } from './open-app.tsx';

// happy-dom draws no canvas; the chart itself is looked at in the end-to-end tests.
vi.mock('uplot', () => ({
  default: class {
    setData(): void {}
    setSize(): void {}
    setCursor(): void {}
    setSeries(): void {}
    valToPos = () => 0;
    destroy(): void {}
  },
}));

beforeEach(() => localStorage.clear());
afterEach(cleanup);

const bucket = (second: number, requests: number[], errors = requests.map(() => 0)): SecondBucket => ({
  second,
  pool: 'users',
  backends: ['a', 'b'],
  requests,
  errors,
  latency: { p50Ms: 2, p95Ms: 5, p99Ms: 9 },
});

describe('the data of the chart', () => {
  const counted = countedIn([bucket(98, [2, 3], [0, 1]), bucket(50, [9, 9])], 'users', ['a', 'b'], {
    end: 100,
    seconds: 4,
  });
  const data = withBands(counted, bandsOf(counted.requests, [], -1));

  it('has a column for every second, and stacks the backends', () => {
    expect(data.times).toEqual([96, 97, 98, 99]);
    expect(data.stacked).toEqual([
      [0, 0, 2, 0],
      [0, 0, 5, 0],
    ]);
  });

  it('has lines only where there is something', () => {
    expect(data.lines).toEqual({
      errors: [null, null, 1, null],
      p50: [null, null, 2, null],
      p95: [null, null, 5, null],
      p99: [null, null, 9, null],
    });
  });

  it('knows whose area a height is in', () => {
    expect([1, 2, 2.1, 5, 5.1, -1].map((height) => bandAt(data, 2, height))).toEqual([
      0,
      0,
      1,
      1,
      null,
      null,
    ]);
  });

  it('is read out as a sentence, the busiest first, with what happened', () => {
    const marks = [{ time: 98.4, words: 'b off', detail: 'b off: by you', kind: 'off' }] as const;
    expect(readingWords(data, 2, [backend('a'), backend('b')], marks)).toMatch(
      /^\d\d:\d\d:38: 5 requests a second, b 3, a 2, 1 errors, half of the answers within 2.0 ms, 95 of 100 within 5.0 ms, 99 within 9.0 ms. b off: by you$/,
    );
  });
});

describe('the areas of a pool with more backends than can be told apart', () => {
  const counts = (more: Readonly<Record<number, number>> = {}) =>
    Array.from({ length: 12 }, (_, index) => [10, more[index] ?? 10]);
  const first = [0, 1, 2, 3, 4, 5, 6, 7, 8, 'others'];

  it('are those of the busiest, and one of all the others on top', () => {
    const bands = bandsOf(counts({ 10: 90 }), [], -1);
    expect(bands).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 10, 'others']);
    const data = withBands(
      { times: [0, 1], requests: counts(), lines: { errors: [], p50: [], p95: [], p99: [] } },
      bands,
    );
    expect(data.stacked.map(([count]) => count)).toEqual([10, 20, 30, 40, 50, 60, 70, 80, 90, 120]);
    expect([bandAt(data, 0, 85), bandAt(data, 0, 119), bandAt(data, 0, 121)]).toEqual([10, 'others', null]);
  });

  it('stay the same while others are hardly busier', () => {
    expect(bandsOf(counts({ 10: 11, 11: 12 }), bandsOf(counts(), [], -1), -1)).toEqual(first);
    expect(bandsOf(counts({ 11: 20 }), bandsOf(counts(), [], -1), -1)).toContain(11);
  });

  it('have the one that is pointed at among them, in place of the least busy', () => {
    expect(bandsOf(counts(), [], 11)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 11, 'others']);
    expect(bandsOf(counts(), [], 3)).toEqual(first);
  });
});

it('marks what happened to the pool, each kind with its shape', () => {
  const at = (second: number, body: object) => ({
    id: 1,
    at: second * 1_000,
    pool: 'p',
    backend: 'a',
    ...body,
  });
  const events = [
    at(3, { kind: 'admin', state: 'disabled' }),
    at(12, { kind: 'admin', state: 'disabled' }),
    at(13, { kind: 'admin', state: 'enabled' }),
    at(14, { kind: 'backend-down', reason: 'refused', upMs: null }),
    at(15, { kind: 'backend-up', reason: '', downMs: 65_000 }),
    at(16, { kind: 'faults-set', faults: ['crash'] }),
    at(17, { kind: 'scenario', scenario: 's', words: 'step' }),
    at(18, { kind: 'config-applied', summary: 'a weight' }),
    at(18, { kind: 'backend-down', reason: 'other', upMs: null, pool: 'q' }),
    at(20, { kind: 'admin', state: 'enabled' }),
  ] as EngineEvent[];
  const marks = chartMarks(events, 'p', { end: 20, seconds: 10 });
  expect(marks.map(({ kind, detail }) => `${kind} ${detail}`)).toEqual([
    'off a off: by you',
    'ok a on: by you',
    'bad a down: refused',
    'ok a back: after 1 min',
    'simulated a fault: crash',
    'simulated step: scenario s',
    'plain config: a weight',
  ]);
});

it('pauses within what is remembered', () => {
  const snapshot = snapshotOf([backend('a')], {
    at: 1_000_500,
    seconds: [bucket(700, [1]), bucket(990, [1])],
  });
  const ends = [2_000, 900, 100].map((end) => pausedAt(snapshot, 'users', { end, seconds: 60 }).end);
  expect(ends).toEqual([1_000, 900, 760]);
  // All there is fits in.
  expect(pausedAt(snapshot, 'users', { end: 100, seconds: 900 }).end).toBe(1_000);
});

describe('keys', () => {
  const wish = (key: string, reading: number, shiftKey = false) =>
    wishOf({ key, shiftKey }, reading, { end: 100, seconds: 60 });
  it.each([
    ['ArrowLeft', 99, false, { kind: 'read', second: 98, end: 100 }],
    ['ArrowLeft', 99, true, { kind: 'read', second: 89, end: 100 }],
    ['ArrowLeft', 40, false, { kind: 'read', second: 39, end: 99 }],
    ['ArrowRight', 99, false, { kind: 'read', second: 100, end: 101 }],
    ['PageUp', 99, false, { kind: 'read', second: 69, end: 70 }],
    ['End', 50, false, { kind: 'live' }],
    [' ', 50, false, { kind: 'toggle' }],
    ['x', 50, false, null],
  ])('%s at %d', (key, reading, shift, expected) => expect(wish(key, reading, shift)).toEqual(expected));
});

it('keeps the past that a pushed snapshot does not speak of', () => {
  const before = snapshotOf([backend('a')], { seconds: [bucket(10, [1]), bucket(20, [1])] });
  const after = snapshotOf([backend('a')], { seconds: [bucket(20, [2])], secondsFrom: 15 });
  expect(keepSeconds(before, after).seconds.map(({ second, requests }) => [second, requests[0]])).toEqual([
    [10, 1],
    [20, 2],
  ]);
  expect(keepSeconds(before, { ...after, secondsFrom: 0 }).seconds).toHaveLength(1);
  expect(keepSeconds(before, { ...after, pools: [] }).seconds).toHaveLength(1);
});

it('finds room for words behind a mark, before it, in a second row, or not at all', () => {
  const edges = { left: 0, right: 200 };
  const place = (...marks: [number, number, boolean?][]) =>
    placeWords(
      marks.map(([x, width, isBad = false]) => ({ x, width, isBad })),
      edges,
    );
  expect(place([20, 50], [100, 50], [190, 50])).toEqual([
    { x: 28, row: 0 },
    { x: 108, row: 0 },
    { x: 132, row: 1 },
  ]);
  expect(place([50, 30], [60, 300])).toEqual([{ x: 12, row: 0 }, null]);
  // A failure chooses first.
  expect(place([50, 60], [130, 60], [150, 40, true]).map((room) => room?.row)).toEqual([0, 1, 0]);
});

it('mixes colours', () => {
  expect([mixed('#ff0000', '#0000ff', 1), mixed('#fff', '#000000', 0.5)]).toEqual(['#ff0000', '#808080']);
});

describe('over time', () => {
  const open = () =>
    openApp(
      snapshotOf([backend('a'), backend('b')], {
        at: 1_000_000,
        seconds: Array.from({ length: 400 }, (_, index) => bucket(600 + index, [index, 1])),
      }),
    );
  const chart = () => screen.getByRole('slider', { name: 'Second in the chart' });
  const region = () => within(screen.getByRole('region', { name: 'Over time' }));

  it('says the current readings to who cannot see them', async () => {
    await open();
    const described = document.getElementById(chart().getAttribute('aria-describedby') ?? '');
    expect(described?.textContent).toMatch(/: 400 requests a second, a 399, b 1, half of the answers/);
  });

  it('pauses, says so, and goes back to live', async () => {
    const fake = await open();
    await userEvent.click(region().getByRole('button', { name: 'Pause' }));
    const said = region().getByRole('status').textContent;
    expect(said).toMatch(/^Paused at \d\d:\d\d:40/);
    act(() => fake.push('engine:snapshot', snapshotOf([backend('a'), backend('b')], { at: 1_030_000 })));
    expect(region().getByRole('status').textContent).toBe(said);
    await userEvent.click(region().getByRole('button', { name: 'Live' }));
    expect(region().getByRole('status').textContent).toMatch(/^requests per second/);
  });

  it('moves into the past by keys, and back by End', async () => {
    await open();
    fireEvent.keyDown(chart(), { key: 'PageUp' });
    expect(region().getByRole('status').textContent).toMatch(/^Paused at \d\d:\d\d:10/);
    fireEvent.keyDown(chart(), { key: 'PageUp' });
    expect(region().getByRole('status').textContent).toMatch(/^Paused at \d\d:\d\d:40/);
    fireEvent.keyDown(chart(), { key: 'End' });
    expect(region().getByRole('button', { name: 'Pause' })).toBeDefined();
  });

  it('switches lines on and off, and remembers it', async () => {
    await open();
    const pressed = () =>
      within(screen.getByRole('group', { name: 'Lines' }))
        .getAllByRole('button', { pressed: true })
        .map((one) => one.textContent);
    expect(pressed()).toEqual(['errors', 'p95']);
    await userEvent.click(region().getByRole('button', { name: 'p99' }));
    await userEvent.click(region().getByRole('button', { name: 'errors' }));
    expect(pressed()).toEqual(['p95', 'p99']);
    cleanup();
    await open();
    expect(pressed()).toEqual(['p95', 'p99']);
  });
});

describe('the line of a scenario', () => {
  const steps = [0, 10_000, 20_000].map((atMs) => ({ atMs, text: 'kill a' }));
  const scenario = { name: 'x', seed: null, steps, startedAt: 5_000, done: 2, isPlaying: true };

  it('begins with it and goes on while it plays, and ends with the last step that was played', () => {
    expect(playedSpan(null)).toBeNull();
    expect(playedSpan(scenario)).toEqual({ from: 5, to: null });
    expect(playedSpan({ ...scenario, isPlaying: false })).toEqual({ from: 5, to: 15 });
  });

  it.each([
    [{ from: 5, to: null }, [50, 3, 950, 3]],
    [{ from: 5, to: 15 }, [50, 3, 100, 3]],
    [{ from: -9, to: 2 }, [0, 3, 20, 3]],
    [{ from: -9, to: -1 }, null],
    [{ from: 200, to: null }, null],
  ] as const)('is drawn where %o is in sight', (played, drawn) => {
    const rects: number[][] = [];
    const ctx = { save() {}, restore() {}, fillStyle: '', fillRect: (...rect: number[]) => rects.push(rect) };
    const plot = {
      scales: { x: { min: 0, max: 100 } },
      bbox: { top: 3 },
      ctx,
      valToPos: (second: number) => second * 10,
    };
    drawScenario(plot as never, played, '#7c4ddb');
    expect(rects).toEqual(drawn ? [drawn] : []);
  });
});
