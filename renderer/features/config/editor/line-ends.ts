import { changeBetween } from './text-change.ts';

/** The text as the editor has it: every line ends with a line feed there. */
export function edited(text: string): string {
  return text.replace(/\r\n?/g, '\n');
}

/** Where a place of the text is in the editor's. */
export function placeInEditor(text: string, offset: number): number {
  return edited(text.slice(0, offset)).length;
}

/** The text with what was changed in the editor: its other lines end as they did, and new ones as they do. */
export function changedText(text: string, inEditor: string): string {
  const before = edited(text);
  if (before === text) return inEditor;
  const { from, to, insert } = changeBetween(before, inEditor);
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  const [start, end] = [placeInText(text, from), placeInText(text, to)];
  return text.slice(0, start) + insert.replaceAll('\n', lineEnd) + text.slice(end);
}

function placeInText(text: string, offset: number): number {
  let at = 0;
  for (let passed = 0; passed < offset; passed++) at += text.startsWith('\r\n', at) ? 2 : 1;
  return at;
}
