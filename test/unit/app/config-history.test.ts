import { beforeEach, describe, expect, it } from 'vitest';
import { ConfigHistory } from '../../../electron/app/config-history.ts';

let history: ConfigHistory;
beforeEach(() => {
  history = new ConfigHistory();
  history.note('a', 'b', 'a to b');
  history.note('b', 'c', 'b to c');
});

describe('the history of a config', () => {
  it('goes back and forth, with the words of the change', () => {
    expect(history.undo).toEqual({ text: 'b', words: 'b to c' });
    history.note('c', 'b', 'back');
    expect(history.undo).toEqual({ text: 'a', words: 'a to b' });
    expect(history.redo).toEqual({ text: 'c', words: 'b to c' });
    history.note('b', 'c', 'again');
    expect(history.undo).toEqual({ text: 'b', words: 'b to c' });
    expect(history.redo).toBeUndefined();
  });

  it('forgets what was taken back once something else is made of it', () => {
    history.note('c', 'b', 'back');
    history.note('b', 'd', 'b to d');
    expect(history.redo).toBeUndefined();
    expect(history.undo).toEqual({ text: 'b', words: 'b to d' });
  });

  it('is bounded, and ends with the file', () => {
    for (let n = 0; n < 500; n++) history.note(`${n}`, `${n + 1}`, '');
    let steps = 0;
    for (let at = '500'; history.undo; steps++) {
      const { text } = history.undo;
      history.note(at, text, '');
      at = text;
    }
    expect(steps).toBe(100);
    history.clear();
    expect([history.undo, history.redo]).toEqual([undefined, undefined]);
  });
});
