import { diffLines, diffWordsWithSpace } from 'diff';

/** A piece of a line; what is marked is not in the line it replaces, or is replaced by. */
export interface DiffPiece {
  readonly text: string;
  readonly isMarked: boolean;
}

export type DiffRow =
  | {
      readonly kind: 'same' | 'removed' | 'added';
      /** From 1; null where the text has no such line. */
      readonly before: number | null;
      readonly after: number | null;
      readonly pieces: readonly DiffPiece[];
    }
  /** Lines that are the same in both, left out. */
  | { readonly kind: 'gap'; readonly lines: number };

type LineRow = Exclude<DiffRow, { readonly kind: 'gap' }>;

/** Lines shown around a change, so that one sees where it is. */
const CONTEXT = 3;

/** Line by line, what is between two texts. Line ends alone are no difference. */
export function diffRows(before: string, after: string): DiffRow[] {
  const rows: LineRow[] = [];
  let [oldLine, newLine] = [1, 1];
  const parts = diffLines(before, after, { stripTrailingCr: true });
  parts.forEach((part, index) => {
    const lines = linesOf(part.value);
    const other = part.removed ? parts[index + 1] : part.added ? parts[index - 1] : undefined;
    const isPair = part.removed ? other?.added : part.added ? other?.removed : false;
    const others = isPair && other ? linesOf(other.value) : [];
    lines.forEach((line, at) => {
      const kind = part.removed ? 'removed' : part.added ? 'added' : 'same';
      rows.push({
        kind,
        before: part.added ? null : oldLine++,
        after: part.removed ? null : newLine++,
        pieces: piecesOf(line, others.length === lines.length ? others[at] : undefined, kind),
      });
    });
  });
  return folded(rows);
}

/** How many lines go and how many come. */
export function countRows(rows: readonly DiffRow[]): { readonly removed: number; readonly added: number } {
  const count = (kind: DiffRow['kind']) => rows.filter((row) => row.kind === kind).length;
  return { removed: count('removed'), added: count('added') };
}

function linesOf(text: string): string[] {
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

function piecesOf(line: string, other: string | undefined, kind: LineRow['kind']): DiffPiece[] {
  if (other === undefined) return [{ text: line, isMarked: false }];
  const [before, after] = kind === 'removed' ? [line, other] : [other, line];
  return diffWordsWithSpace(before, after)
    .filter((part) => (kind === 'removed' ? !part.added : !part.removed))
    .map((part) => ({ text: part.value, isMarked: part.added || part.removed }));
}

function folded(rows: readonly LineRow[]): DiffRow[] {
  const changes = rows.flatMap(({ kind }, index) => (kind === 'same' ? [] : index));
  const shown: DiffRow[] = [];
  let left = 0;
  const isNear = (index: number) => changes.some((change) => Math.abs(change - index) <= CONTEXT);
  const flush = () => {
    if (left > 0) shown.push({ kind: 'gap', lines: left });
    left = 0;
  };
  rows.forEach((row, index) => {
    // To say that one line is left out takes as much room as the line.
    const isAlone = left === 0 && (index + 1 === rows.length || isNear(index + 1));
    if (!isNear(index) && !isAlone) {
      left++;
      return;
    }
    flush();
    shown.push(row);
  });
  flush();
  return shown;
}
