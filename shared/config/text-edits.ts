import { applyEdits, type Edit, type Node, parseTree } from 'jsonc-parser';

/**
 * Edits to JSON with comments that change nothing but what they are about. (jsonc-parser's own `modify` reformats whole
 * lines, takes comments next to what it removes along, and breaks a one-line list when its last item goes.)
 */
export type Path = readonly (string | number)[];

/** The text of a value, on one line: `{ "url": "http://localhost:5001", "weight": 2 }`. */
function valueText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(valueText).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).filter(([, one]) => one !== undefined);
  if (fields.length === 0) return '{}';
  return `{ ${fields.map(([key, one]) => `${JSON.stringify(key)}: ${valueText(one)}`).join(', ')} }`;
}

/** Sets a property of the object at `path`, adding it at the end when it is not there; the object must be. */
export function setProperty(text: string, path: Path, key: string, value: unknown): string {
  const object = nodeAt(text, path);
  const found = property(object, key)?.children?.[1];
  if (found) return replaceNode(text, found, valueText(value));
  return addChild(text, object, `${JSON.stringify(key)}${colonOf(text, object)}${valueText(value)}`);
}

/** Removes a property of the object at `path`, when it is there. */
export function removeProperty(text: string, path: Path, key: string): string {
  const object = nodeAt(text, path);
  const found = property(object, key);
  return found ? removeChild(text, object, found) : text;
}

export function replaceItem(text: string, path: Path, index: number, value: unknown): string {
  const item = nodeAt(text, path).children?.[index];
  return item ? replaceNode(text, item, valueText(value)) : text;
}

export function addItem(text: string, path: Path, value: unknown): string {
  return addChild(text, nodeAt(text, path), valueText(value));
}

/**
 * Adds an item to the list that is a property of the object at `path`, which need not be there yet. A new list has its
 * item on a line of its own where the object's fields have theirs.
 */
export function addToList(text: string, path: Path, key: string, value: unknown): string {
  const object = nodeAt(text, path);
  const list = property(object, key)?.children?.[1];
  if (list && list.type === 'array') return addChild(text, list, valueText(value));
  const last = object.children?.at(-1);
  const indent = last ? indentOf(text, last) : null;
  if (indent === null) return setProperty(text, path, key, [value]);
  const eol = eolOf(text);
  const content = `[${eol}${indent}${unitOf(text)}${valueText(value)}${eol}${indent}]`;
  return addChild(text, object, `${JSON.stringify(key)}${colonOf(text, object)}${content}`);
}

/** Removes an item, and a comment behind it on its own line; comments on other lines stay. */
export function removeItem(text: string, path: Path, index: number): string {
  const array = nodeAt(text, path);
  const item = array.children?.[index];
  return item ? removeChild(text, array, item) : text;
}

function nodeAt(text: string, path: Path): Node {
  let node = parseTree(text, [], { allowTrailingComma: true });
  for (const key of path)
    node = typeof key === 'number' ? node?.children?.[key] : property(node, key)?.children?.[1];
  if (!node) throw new Error(`there is nothing at ${path.join('.')}, though the config was checked`);
  return node;
}

function property(object: Node | undefined, key: string): Node | undefined {
  return object?.children?.findLast((one) => one.children?.[0]?.value === key);
}

function replaceNode(text: string, { offset, length }: Node, content: string): string {
  return applyEdits(text, [{ offset, length, content }]);
}

/** As the object's own last property has it: `: ` or `:`. */
function colonOf(text: string, object: Node): string {
  const [key, value] = object.children?.at(-1)?.children ?? [];
  const between = key && value ? text.slice(endOf(key), value.offset) : '';
  return /^[ \t]*:[ \t]*$/.test(between) ? between : ': ';
}

/** Behind the last child: on a line of its own when that has one, with a comma behind it when that had one. */
function addChild(text: string, parent: Node, content: string): string {
  const last = parent.children?.at(-1);
  if (!last) return addFirst(text, parent, content);
  const comma = commaAfter(text, endOf(last));
  const end = comma === null ? endOf(last) : comma + 1;
  const indent = indentOf(text, last);
  const tail = comma === null ? '' : ',';
  const separator: Edit[] = comma === null ? [{ offset: end, length: 0, content: ',' }] : [];
  if (indent === null)
    return applyEdits(text, [...separator, { offset: end, length: 0, content: ` ${content}${tail}` }]);
  // A comment on the last child's line is about that child.
  const offset = endOfLineTrivia(text, end) ?? end;
  return applyEdits(text, [
    ...separator,
    { offset, length: 0, content: `${eolOf(text)}${indent}${content}${tail}` },
  ]);
}

function addFirst(text: string, parent: Node, content: string): string {
  const padded = parent.type === 'object' && parent.length === 2 ? ` ${content} ` : content;
  return applyEdits(text, [{ offset: parent.offset + 1, length: 0, content: padded }]);
}

function removeChild(text: string, parent: Node, child: Node): string {
  const siblings = parent.children ?? [];
  const previous = siblings[siblings.indexOf(child) - 1];
  const comma = commaAfter(text, endOf(child));
  const end = comma === null ? endOf(child) : comma + 1;
  const edits: Edit[] = [];
  // The last one goes with the comma before it.
  const commaBefore = comma === null && previous ? commaAfter(text, endOf(previous)) : null;
  if (commaBefore !== null) edits.push({ offset: commaBefore, length: 1, content: '' });
  const indent = indentOf(text, child);
  const lineEnd = indent === null ? null : endOfLineTrivia(text, end);
  if (indent !== null && lineEnd !== null) {
    const offset = child.offset - indent.length - eolBefore(text, child.offset - indent.length);
    edits.push({ offset, length: lineEnd - offset, content: '' });
  } else if (siblings.at(-1) !== child) {
    const space = /^[ \t]*/.exec(text.slice(end))?.[0].length ?? 0;
    edits.push({ offset: child.offset, length: end + space - child.offset, content: '' });
  } else {
    let start = child.offset;
    while (text[start - 1] === ' ' || text[start - 1] === '\t') start--;
    edits.push({ offset: start, length: end - start, content: '' });
  }
  return applyEdits(text, edits);
}

export function endOf({ offset, length }: Node): number {
  return offset + length;
}

/** The white space before a node that begins its line; null for one that does not. */
export function indentOf(text: string, { offset }: Node): string | null {
  return /(?:^|\n)([ \t]*)$/.exec(text.slice(0, offset))?.[1] ?? null;
}

/** What one level of the text is indented by. */
function unitOf(text: string): string {
  const first = parseTree(text, [], { allowTrailingComma: true })?.children?.[0];
  return (first && indentOf(text, first)) || '  ';
}

function eolBefore(text: string, offset: number): number {
  return text[offset - 1] !== '\n' ? 0 : text[offset - 2] === '\r' ? 2 : 1;
}

export function eolOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

/** Where the comma is that follows, comments between or not. */
export function commaAfter(text: string, offset: number): number | null {
  const trivia = /^(?:\s|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/.exec(text.slice(offset))?.[0].length ?? 0;
  return text[offset + trivia] === ',' ? offset + trivia : null;
}

/** The end of the line, when nothing but white space and comments are left on it; null otherwise. */
export function endOfLineTrivia(text: string, offset: number): number | null {
  // A comment ends at its first end, also when the line would only then be clear.
  const trivia = /^(?:[ \t]|\/\*(?:(?!\*\/)[^\n])*\*\/)*(?:\/\/[^\r\n]*)?(?=\r?\n|$)/.exec(
    text.slice(offset),
  )?.[0].length;
  return trivia === undefined ? null : offset + trivia;
}
