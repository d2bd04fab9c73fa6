import { findNodeAtLocation, getNodeValue, parseTree } from 'jsonc-parser';
import { valueAt } from '../../../../shared/calls/value-at.ts';
import { toFullForm } from '../../../../shared/config/full-form.ts';
import { portIn } from '../../../../shared/config/listen-address.ts';
import {
  addItem,
  addToList,
  type Path,
  removeItem,
  removeProperty,
  replaceItem,
  setProperty,
} from '../../../../shared/config/text-edits.ts';
import { fieldsOf } from '../../../stores/written-pool.ts';

/**
 * Edits to a text that need not be a valid config, only JSON: each touches the characters it is about and no other.
 * What stands in the way of an edit leaves the text as it is.
 */
export type DraftEdit = (text: string) => string;

const BOM = '\uFEFF';

/** Reads what is written, whatever it is; undefined for what is no JSON with comments. */
function writtenIn(text: string): unknown {
  const root = parseTree(text.replace(BOM, ''), [], { allowTrailingComma: true });
  return root && getNodeValue(root);
}

/** Text-edits know nothing of byte order marks. */
export function editDraft(text: string, edit: DraftEdit): string {
  return text.startsWith(BOM) ? BOM + edit(text.slice(1)) : edit(text);
}

/** Where in the text something stands, or the nearest thing around it that is there. */
export function offsetOf(text: string, path: Path): number {
  const shift = text.startsWith(BOM) ? 1 : 0;
  const root = parseTree(text.slice(shift), [], { allowTrailingComma: true });
  if (!root) return 0;
  for (let length = path.length; length > 0; length--) {
    const node = findNodeAtLocation(root, path.slice(0, length));
    if (node) return (node.parent?.type === 'property' ? node.parent.offset : node.offset) + shift;
  }
  return shift;
}

/** Sets a value; the objects it stands in are made where they are not there yet. */
export function setAt(path: Path, value: unknown): DraftEdit {
  return (text) => {
    const written = writtenIn(text);
    let depth = 0;
    while (depth < path.length - 1 && isObject(valueAt(written, path.slice(0, depth + 1)))) depth++;
    const holder = path.slice(0, depth);
    const [key, ...deeper] = path.slice(depth);
    const isListMissing = typeof key === 'number' || deeper.some((one) => typeof one === 'number');
    if (key === undefined || isListMissing || !isObject(valueAt(written, holder))) return text;
    const nested = deeper.reduceRight<unknown>((inner, one) => ({ [one]: inner }), value);
    return setProperty(text, holder, key, nested);
  };
}

/** Takes a value out, and with it what it stood in, when that is left empty and says nothing then. */
export function clearAt(path: Path, emptied: Path | null = null): DraftEdit {
  return (text) => {
    const key = path.at(-1);
    const holder = path.slice(0, -1);
    if (typeof key !== 'string' || !isObject(valueAt(writtenIn(text), holder))) return text;
    const cleared = removeProperty(text, holder, key);
    const name = emptied?.at(-1);
    if (!emptied || typeof name !== 'string' || !isBare(cleared, emptied)) return cleared;
    return removeProperty(cleared, emptied.slice(0, -1), name);
  };
}

/** One setting of a server; one that is a URL alone becomes an object when it gets another. */
export function setServer(servers: Path, at: number, key: string, value: unknown): DraftEdit {
  return (text) => {
    const written = valueAt(writtenIn(text), [...servers, at]);
    if (typeof written !== 'string')
      return value === undefined
        ? clearAt([...servers, at, key])(text)
        : setAt([...servers, at, key], value)(text);
    if (key === 'url') return replaceItem(text, servers, at, value);
    return value === undefined ? text : replaceItem(text, servers, at, { url: written, [key]: value });
  };
}

/** Behind the last one, with the next port: what is usually meant. */
export function addServer(pool: Path): DraftEdit {
  return (text) => {
    const servers = valueAt(writtenIn(text), [...pool, 'servers']);
    const url = nextUrl(Array.isArray(servers) ? servers : []);
    return Array.isArray(servers)
      ? addItem(text, [...pool, 'servers'], url)
      : setAt([...pool, 'servers'], [url])(text);
  };
}

export function removeFrom(list: Path, at: number): DraftEdit {
  return (text) => (Array.isArray(valueAt(writtenIn(text), list)) ? removeItem(text, list, at) : text);
}

export function addListener(text: string): string {
  const { listeners, pools } = fieldsOf(writtenIn(text));
  const addresses = Array.isArray(listeners) ? listeners.map((one) => fieldsOf(one)['address']) : [];
  const ports = addresses.map((one) => portIn(String(one)) || 0);
  const [pool = 'default'] = Object.keys(fieldsOf(pools));
  return addToList(text, [], 'listeners', { address: `:${Math.max(8079, ...ports) + 1}`, defaultPool: pool });
}

export function addPool(text: string): string {
  const { pools } = fieldsOf(writtenIn(text));
  const names = Object.keys(fieldsOf(pools));
  let count = names.length + 1;
  while (names.includes(`pool-${count}`)) count++;
  return setAt(['pools', `pool-${count}`], { servers: ['http://localhost:5001'] })(text);
}

const SIMPLE_FIELDS = [
  '$schema',
  'port',
  'healthCheckInterval',
  'policy',
  'exposeBackend',
  'whenAllDown',
  'servers',
];

/** Whether writing a simple config in full would lose nothing: it knows the fields of the simple form alone. */
export function canBeFull(written: unknown): boolean {
  return Object.keys(fieldsOf(written)).every((key) => SIMPLE_FIELDS.includes(key));
}

export function writeInFull(text: string): string {
  return canBeFull(writtenIn(text)) ? toFullForm(text) : text;
}

function nextUrl(servers: readonly unknown[]): string {
  const urls = servers.map((one) => (typeof one === 'string' ? one : String(fieldsOf(one)['url'] ?? '')));
  const [, start, port] = /^(.*:)(\d{1,5})\/?$/.exec(urls.at(-1) ?? '') ?? [];
  return start === undefined ? 'http://localhost:5001' : `${start}${Math.min(Number(port) + 1, 65_535)}`;
}

function isBare(text: string, path: Path): boolean {
  const root = parseTree(text, [], { allowTrailingComma: true });
  const node = root && findNodeAtLocation(root, [...path]);
  return node !== undefined && /^\{\s*\}$/.test(text.slice(node.offset, node.offset + node.length));
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}
