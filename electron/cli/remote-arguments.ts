import { fail, ok, type Result } from '../../shared/calls/result.ts';
import { type FaultSettings, parseFaults } from '../../shared/config/fault-schema.ts';
import { MAX_INSTANCES, type ProcessAction } from '../../shared/view/processes.ts';
import type { AdminState, ForcedHealth } from '../../shared/view/snapshot.ts';

export const VERBS = [
  'status',
  'enable',
  'disable',
  'drain',
  'probe',
  'force',
  'fault',
  'kill',
  'pause',
  'resume',
  'stop',
  'start',
  'scale',
  'output',
  'reload',
] as const;
type Verb = (typeof VERBS)[number];

/** What a running instance is asked. `backend` is as typed: `users/a` or `a`. */
export type Wish =
  | { readonly kind: 'status'; readonly isJson: boolean }
  | { readonly kind: 'admin'; readonly state: AdminState; readonly backend: string }
  | { readonly kind: 'force'; readonly forced: ForcedHealth; readonly backend: string }
  /** None to clear those there are. */
  | { readonly kind: 'fault'; readonly faults: readonly FaultSettings[]; readonly backend: string }
  | { readonly kind: 'clear-faults' }
  | { readonly kind: 'probe'; readonly backend: string }
  | ProcessWish
  | { readonly kind: 'reload' };

/** About the real processes; `instance` and `command` are as typed. */
export type ProcessWish =
  | { readonly kind: 'process'; readonly action: ProcessAction; readonly instance: string }
  | { readonly kind: 'output'; readonly instance: string }
  | { readonly kind: 'scale'; readonly command: string; readonly instances: number };

/** Which instance, and what opens it; null for what was not said. */
export interface Which {
  readonly url: string | null;
  readonly token: string | null;
  readonly tokenFile: string | null;
}

export interface Remote {
  readonly wish: Wish;
  readonly which: Which;
}

export interface RemoteFlags {
  readonly config?: string | undefined;
  readonly demo?: boolean | undefined;
  readonly json?: boolean | undefined;
  readonly control?: string | undefined;
  readonly token?: string | undefined;
  readonly 'token-file'?: string | undefined;
}

const STATES: Readonly<Record<string, AdminState>> = {
  enable: 'enabled',
  disable: 'disabled',
  drain: 'draining',
};

const ACTIONS: readonly string[] = ['kill', 'pause', 'resume', 'stop', 'start'] satisfies ProcessAction[];

const FORCED: Readonly<Record<string, ForcedHealth>> = { up: 'up', down: 'down', checks: null };

export function isVerb(word: string): word is Verb {
  return VERBS.some((verb) => verb === word);
}

export function parseRemote(
  verb: Verb,
  words: readonly string[],
  flags: RemoteFlags,
): Result<Remote, string> {
  if (flags.config !== undefined || flags.demo)
    return fail(`${verb} asks an instance that runs; it takes no ${flags.demo ? '--demo' : '--config'}`);
  if (flags.json && verb !== 'status') return fail(`${verb} takes no --json; see switchyard --help`);
  if (flags.token !== undefined && flags['token-file'] !== undefined)
    return fail('--token and --token-file say the same; give one of them');
  const url = flags.control === undefined ? ok(null) : readUrl(flags.control);
  if (!url.ok) return url;
  const wish = readWish(verb, words, flags.json ?? false);
  if (!wish.ok) return wish;
  const which = { url: url.value, token: flags.token ?? null, tokenFile: flags['token-file'] ?? null };
  return ok({ wish: wish.value, which });
}

function readWish(verb: Verb, words: readonly string[], isJson: boolean): Result<Wish, string> {
  if (verb === 'status' || verb === 'reload') {
    if (words[0] !== undefined) return fail(`"${words[0]}" is one word too many; see switchyard --help`);
    return ok(verb === 'status' ? { kind: 'status', isJson } : { kind: 'reload' });
  }
  if (verb === 'fault') return readFaultWish(words);
  if (verb === 'scale') return readScaleWish(words);
  if (verb === 'output' || isAction(verb)) return readInstanceWish(verb, words);
  const [forced, rest] = verb === 'force' ? [words[0] ?? '', words.slice(1)] : [null, words];
  if (forced !== null && !Object.hasOwn(FORCED, forced))
    return fail('force takes up, down or checks, and a backend: switchyard force down POOL/BACKEND');
  const [backend, extra] = rest;
  if (backend === undefined || backend === '')
    return fail(`${verb} needs a backend: switchyard ${[verb, ...words].join(' ')} POOL/BACKEND`);
  if (extra !== undefined) return fail(`"${extra}" is one word too many; name one backend at a time`);
  if (forced !== null) return ok({ kind: 'force', forced: FORCED[forced] ?? null, backend });
  const state = STATES[verb];
  return ok(state === undefined ? { kind: 'probe', backend } : { kind: 'admin', state, backend });
}

function isAction(verb: string): verb is ProcessAction {
  return ACTIONS.includes(verb);
}

function readInstanceWish(
  verb: ProcessAction | 'output',
  [instance, extra]: readonly string[],
): Result<Wish, string> {
  if (instance === undefined || instance === '')
    return fail(`${verb} needs an instance of a command: switchyard ${verb} POOL/INSTANCE`);
  if (extra !== undefined) return fail(`"${extra}" is one word too many; name one instance at a time`);
  return ok(verb === 'output' ? { kind: 'output', instance } : { kind: 'process', action: verb, instance });
}

function readScaleWish([command, number, extra]: readonly string[]): Result<Wish, string> {
  if (command === undefined || number === undefined)
    return fail('scale takes a command and how many instances: switchyard scale POOL/COMMAND 3');
  if (extra !== undefined) return fail(`"${extra}" is one word too many; name one command at a time`);
  if (!/^\d{1,3}$/.test(number) || Number(number) > MAX_INSTANCES)
    return fail(`"${number}" is not a whole number from 0 to ${MAX_INSTANCES}`);
  return ok({ kind: 'scale', command, instances: Number(number) });
}

/** What stands between words that end with a comma; the shell has taken the quotes off values with spaces. */
function inGroups(words: readonly string[]): string[] {
  const groups: string[][] = [[]];
  for (const word of words) {
    const [name = '', value = ''] = cutAt(word, word.indexOf('='));
    if (name !== '' && !/\s/.test(name) && /\s/.test(value))
      groups.at(-1)?.push(`${name}=${JSON.stringify(value)}`);
    else if (word.endsWith(',')) {
      groups.at(-1)?.push(word.slice(0, -1));
      groups.push([]);
    } else groups.at(-1)?.push(word);
  }
  return groups.map((group) => group.join(' '));
}

/** A backend, and then faults with commas between them, or `clear`; `clear` alone is for all backends. */
function readFaultWish([backend, ...words]: readonly string[]): Result<Wish, string> {
  if (backend === 'clear' && words.length === 0) return ok({ kind: 'clear-faults' });
  if (backend === undefined || words.length === 0)
    return fail(
      'fault takes a backend and what is wrong with it: switchyard fault POOL/BACKEND latency 200ms',
    );
  if (words.length === 1 && words[0] === 'clear') return ok({ kind: 'fault', faults: [], backend });
  const faults = parseFaults(inGroups(words));
  return faults.ok ? ok({ kind: 'fault', faults: faults.value, backend }) : faults;
}

/** `http://127.0.0.1:9900`, or without the scheme, as `serve` takes it. */
function readUrl(text: string): Result<string, string> {
  const mend = 'write --control http://127.0.0.1:9900';
  try {
    const url = new URL(/^https?:\/\//i.test(text) ? text : `http://${text.replace(/^:/, '127.0.0.1:')}`);
    const isPlain =
      url.protocol === 'http:' && url.pathname === '/' && url.search === '' && url.username === '';
    return isPlain ? ok(url.origin) : fail(`"${text}" is not where an instance is controlled; ${mend}`);
  } catch {
    return fail(`"${text}" is not a URL; ${mend}`);
  }
}

/** What stands before a place and behind it; nothing when there is no such place. */
function cutAt(text: string, at: number): readonly string[] {
  return at === -1 ? [] : [text.slice(0, at), text.slice(at + 1)];
}
