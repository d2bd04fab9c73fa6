import { fail, ok, type Result } from '../calls/result.ts';
import { formatDuration } from '../config/duration.ts';
import type { FaultSettings } from '../config/fault-schema.ts';

/** What the value that stands behind the type alone is called; a latency's may have its jitter with it. */
const MAIN: Readonly<Record<string, string>> = {
  latency: 'latency',
  'slow-headers': 'duration',
  bandwidth: 'rate',
  hang: 'timeout',
  error: 'status',
  reset: 'bytes',
  truncate: 'bytes',
  slicer: 'averageSize',
  'slow-close': 'delay',
};
/** Longest text of a fault, in characters; the body of an `error` may be long. */
export const MAX_FAULT_TEXT = 100_000;
const NUMBERS = new Set([
  'rate',
  'status',
  'bytes',
  'averageSize',
  'sizeVariation',
  'probability',
  'first',
  'every',
  'times',
]);

/**
 * Reads a fault as people type it, `latency 800ms±200ms affects=traffic`, into the object it is short for; whether that
 * is one is for the schema to say. A value with spaces stands in double quotes. `path=/users`, `method=GET` and `header.X-User=anna` say which requests it hits.
 */
export function readFaultText(text: string): Result<Record<string, unknown>, string> {
  if (text.length > MAX_FAULT_TEXT) return fail(`is longer than ${MAX_FAULT_TEXT} characters`);
  const [type = '', ...words] = wordsOf(text);
  if (type === '') return fail('is empty; write it like "latency 200ms"');
  const fault: Record<string, unknown> = { type };
  const match: Record<string, unknown> = {};
  const headers: Record<string, string> = {};
  for (const word of words) {
    const equals = word.indexOf('=');
    const name = word.slice(0, Math.max(0, equals));
    // Assigned to an object it would be gone, and with it what the user has asked for.
    if (name.replace('header.', '') === '__proto__')
      return fail(`has "${name}" in it, which cannot be a name`);
    const value = unquoted(word.slice(equals + 1));
    if (equals === -1) {
      if (!readMain(fault, type, word)) return fail(`has "${word}" in it, which is nothing a ${type} takes`);
    } else if (name === 'path' || name === 'method') match[name] = value;
    else if (name.startsWith('header.')) headers[name.slice('header.'.length)] = value;
    else fault[name] = NUMBERS.has(name) ? readNumber(value) : value;
  }
  if (Object.keys(headers).length > 0) match['headers'] = headers;
  if (Object.keys(match).length > 0) fault['match'] = match;
  return ok(fault);
}

/** What spaces part that stand outside of double quotes; a quote that is not closed ends what was read before it. */
function wordsOf(text: string): readonly string[] {
  const words: string[] = [];
  let isUnclosed = false;
  let start = 0;
  let at = 0;
  while (at < text.length) {
    const char = text[at] ?? '';
    const end: number = char !== '"' ? at : isUnclosed ? -1 : closingQuote(text, at);
    // No later one is closed either: what is behind the first was read to the end in vain.
    isUnclosed ||= end === -1;
    if (end !== -1 && char.trim() !== '') {
      at = end + 1;
      continue;
    }
    // Of a value whose quotes are not closed, the rest is a word like any other.
    if (start < at) words.push(text.slice(start, at));
    start = ++at;
  }
  if (start < at) words.push(text.slice(start, at));
  return words;
}

/** @returns where the quotes that open at `from` close; -1 when they do not */
function closingQuote(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === '"') return at;
    if (text[at] === '\\') at++;
  }
  return -1;
}

/** @returns whether the word could be the main value of such a fault */
function readMain(fault: Record<string, unknown>, type: string, word: string): boolean {
  if (type === 'flap') {
    const [, up, down] = /^([^/]+)\/([^/]+)$/.exec(word) ?? [];
    if (up === undefined || down === undefined) return false;
    Object.assign(fault, { up, down });
    return true;
  }
  const name = MAIN[type];
  if (name === undefined || fault[name] !== undefined) return false;
  const [value = '', jitter] = type === 'latency' ? word.split(/±|\+-/) : [word];
  fault[name] = NUMBERS.has(name) ? readNumber(value.replace(/KB\/s$/i, '')) : value;
  // `800ms±200`: in the unit of what it is about.
  if (jitter !== undefined)
    fault['jitter'] = /^\d+(\.\d+)?$/.test(jitter) ? jitter + value.replace(/^[\d.]+/, '') : jitter;
  return true;
}

/** A number where it is one; text otherwise, for the schema to complain of. */
function readNumber(text: string): number | string {
  return /^\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}

interface SchemaIssue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** What is wrong with a part of it, as something that is wrong with the text. */
export function describeTextFault(issue: SchemaIssue | undefined, read: Record<string, unknown>): string {
  const [field] = issue?.path ?? [];
  if (issue === undefined || field === undefined) return issue?.message ?? 'is not a fault';
  const value = read[String(field)];
  const isMissing = value === undefined;
  return isMissing
    ? `has no ${String(field)}: it ${issue.message}`
    : `has a wrong ${String(field)}: ${typeof value === 'object' ? '' : `"${String(value)}" `}${issue.message}`;
}

/** `latency 200ms±40ms`, `error 503`: what it does, without when and to whom. */
function faultTitle(fault: FaultSettings): string {
  switch (fault.type) {
    case 'crash':
      return 'crash';
    case 'latency': {
      const jitter = fault.jitter === undefined ? '' : `±${formatDuration(fault.jitter)}`;
      return `latency ${formatDuration(fault.latency)}${jitter}`;
    }
    case 'slow-headers':
      return `slow-headers ${formatDuration(fault.duration)}`;
    case 'bandwidth':
      return `bandwidth ${fault.rate}KB/s`;
    case 'hang':
      return fault.timeout === undefined ? 'hang' : `hang ${formatDuration(fault.timeout)}`;
    case 'error':
      return `error ${fault.status}`;
    case 'reset':
      return fault.bytes === undefined ? 'reset' : `reset ${fault.bytes}`;
    case 'truncate':
      return `truncate ${fault.bytes}`;
    case 'slicer':
      return `slicer ${fault.averageSize}`;
    case 'slow-close':
      return `slow-close ${formatDuration(fault.delay)}`;
    case 'flap':
      return `flap ${formatDuration(fault.up)}/${formatDuration(fault.down)}`;
  }
}

/** The line it can be written as: `readFaultText` makes the same fault of it. */
export function formatFault(fault: FaultSettings): string {
  return [faultTitle(fault), ...ownOptions(fault), ...commonOptions(fault)].join(' ');
}

function ownOptions(fault: FaultSettings): string[] {
  const options: string[] = [];
  if (fault.type === 'latency' && fault.distribution !== 'uniform')
    options.push(`distribution=${fault.distribution}`);
  if (fault.type === 'reset' && fault.timeout !== undefined)
    options.push(`timeout=${formatDuration(fault.timeout)}`);
  if (fault.type === 'error' && fault.retryAfter !== undefined)
    options.push(`retryAfter=${formatDuration(fault.retryAfter)}`);
  if (fault.type === 'error' && fault.body !== undefined) options.push(`body=${quoted(fault.body)}`);
  if (fault.type === 'slicer' && fault.sizeVariation > 0)
    options.push(`sizeVariation=${fault.sizeVariation}`);
  if (fault.type === 'slicer' && fault.delay !== undefined)
    options.push(`delay=${formatDuration(fault.delay)}`);
  if ('direction' in fault && fault.direction !== 'to-client') options.push(`direction=${fault.direction}`);
  return options;
}

function commonOptions(fault: FaultSettings): string[] {
  const { probability, first, every, times, match, affects } = fault;
  const options: string[] = [];
  for (const [name, value] of Object.entries({ probability, first, every, times }))
    if (value !== undefined) options.push(`${name}=${value}`);
  if (fault.for !== undefined) options.push(`for=${formatDuration(fault.for)}`);
  if (match?.method !== undefined) options.push(`method=${match.method}`);
  if (match?.path !== undefined) options.push(`path=${quoted(match.path)}`);
  for (const [name, value] of Object.entries(match?.headers ?? {}))
    options.push(`header.${name}=${quoted(value)}`);
  if (affects !== 'both') options.push(`affects=${affects}`);
  return options;
}

function quoted(value: string): string {
  return /^[^\s"]+$/.test(value) ? value : JSON.stringify(value);
}

/** As JSON has it, where it stands in quotes. */
function unquoted(value: string): string {
  if (!value.startsWith('"')) return value;
  try {
    return String(JSON.parse(value));
  } catch {
    // Not closed, or something follows: it stands for itself, and the schema has its say.
    return value;
  }
}
