import { describe, expect, it } from 'vitest';
import { countRows, type DiffRow, diffRows } from '../../renderer/features/config/diff-lines.ts';

/** `-old` `+new` ` same` `…5`, with what is marked in brackets. */
function written(rows: readonly DiffRow[]): string[] {
  return rows.map((row) => {
    if (row.kind === 'gap') return `…${row.lines}`;
    const sign = { same: ' ', removed: '-', added: '+' }[row.kind];
    return sign + row.pieces.map(({ text, isMarked }) => (isMarked ? `[${text}]` : text)).join('');
  });
}

describe('the lines that differ', () => {
  it('marks what is another in a line', () => {
    const rows = diffRows('a\n"weight": 1\nc\n', 'a\n"weight": 20\nc\n');
    expect(written(rows)).toEqual([' a', '-"weight": [1]', '+"weight": [20]', ' c']);
    expect(countRows(rows)).toEqual({ removed: 1, added: 1 });
  });

  it('numbers the lines of both texts, and leaves out what is far from a change', () => {
    const lines = Array.from({ length: 20 }, (_, index) => `line ${index}`);
    const rows = diffRows(lines.join('\n'), [...lines.slice(0, 10), 'new', ...lines.slice(10)].join('\n'));
    expect(written(rows)).toEqual([
      '…7',
      ...[' line 7', ' line 8', ' line 9', '+new', ' line 10', ' line 11', ' line 12'],
      '…7',
    ]);
    expect(rows[4]).toMatchObject({ before: null, after: 11 });
    expect(rows[5]).toMatchObject({ before: 11, after: 12 });
  });

  it('takes other line ends for no difference', () => {
    expect(written(diffRows('a\r\nb\r\n', 'a\nb\n'))).toEqual(['…2']);
  });
});
