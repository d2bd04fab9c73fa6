import { listMembers } from './grammar.ts';
import { Malformed } from './malformed.ts';

/** Most options of one message. Each is compared with the name of every header line, and nobody sends ten. */
export const MAX_CONNECTION_OPTIONS = 100;

/** The members of `Connection`, in lower case (RFC 9110 section 7.6.1). */
export type ConnectionOptions = ReadonlySet<string>;

export const NO_OPTIONS: ConnectionOptions = new Set();
/** What nearly every message says that says anything: they share one set. */
const KEEP_ALIVE: ConnectionOptions = new Set(['keep-alive']);
const CLOSE: ConnectionOptions = new Set(['close']);

/**
 * @param options of the `Connection` lines before this one
 * @param value of this one
 * @returns the options of all; malformed with more than `MAX_CONNECTION_OPTIONS` different ones
 */
export function addConnectionOptions(
  options: ConnectionOptions,
  value: string,
): ConnectionOptions | Malformed {
  if (options === NO_OPTIONS) {
    if (value === 'keep-alive') return KEEP_ALIVE;
    if (value === 'close') return CLOSE;
  }
  let all = options;
  for (const member of listMembers(value)) {
    if (all.has(member)) continue;
    if (all.size === MAX_CONNECTION_OPTIONS)
      return new Malformed('bad-field', `Connection has more than ${MAX_CONNECTION_OPTIONS} members.`);
    all = new Set(all).add(member);
  }
  return all;
}
