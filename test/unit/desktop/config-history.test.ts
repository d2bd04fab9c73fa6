import { beforeEach, describe, expect, it } from 'vitest';
import { ConfigHistory } from '../../../electron/desktop/config-history.ts';
import { parseConfig } from '../../../electron/services/config/parse.ts';

const FILE = '/mine.json';

/** A config whose health checks go out so often. */
function version(seconds: number) {
  const text = `{ "healthCheckInterval": "${seconds}s", "servers": ["http://localhost:1"] }`;
  const config = parseConfig(text);
  return { text, config: config.ok ? config.value : null };
}

let history: ConfigHistory;
const follow = (before: number, after: number, path: string | null = FILE) =>
  history.follow(path, version(before), version(after));
const step = (seconds: number, from: number, to: number) => ({
  text: version(seconds).text,
  words: `interval ${from}s → ${to}s`,
});

beforeEach(() => {
  history = new ConfigHistory();
  history.follow(FILE, { text: '', config: null }, version(1));
  follow(1, 2);
  follow(2, 3);
});

describe('the history of a config', () => {
  it('goes back and forth, with the words of the change', () => {
    expect(history.undo).toEqual(step(2, 2, 3));
    follow(3, 2);
    expect(history.undo).toEqual(step(1, 1, 2));
    expect(history.redo).toEqual(step(3, 2, 3));
    follow(2, 3);
    expect(history.undo).toEqual(step(2, 2, 3));
    expect(history.redo).toBeUndefined();
  });

  it('forgets what was taken back once something else is made of it', () => {
    follow(3, 2);
    follow(2, 4);
    expect(history.redo).toBeUndefined();
    expect(history.undo).toEqual(step(2, 2, 4));
  });

  it('is bounded', () => {
    for (let n = 3; n < 200; n++) follow(n, n + 1);
    let steps = 0;
    for (let at = 200; history.undo; at--, steps++) follow(at, at - 1);
    expect(steps).toBe(100);
  });

  it('ends with the file', () => {
    follow(3, 4, null);
    expect([history.undo, history.redo]).toEqual([undefined, undefined]);
  });
});
