import { withAdvice } from '../../../../shared/text/health-advice.ts';
import type { Backend, DownReason } from '../../pool/backend.ts';

/** Why a request could not connect to a backend. */
export interface Unreachable extends DownReason {
  readonly backend: Backend;
}

/** Backends that are listed, at most. */
const MOST_LINES = 10;
/** Longest line, in characters. */
const MAX_LINE = 300;

/** Why a request found no backend. */
export interface Unserved {
  /** For the log, on one line. */
  readonly message: string;
  /** For the client: the words, then a line for each backend that is out. */
  readonly body: string;
}

/**
 * The words, and each backend that is out, with its reason and what to do.
 *
 * @param unreachable what kept the request itself from connecting
 */
export function unservedText(
  words: string,
  backends: readonly Backend[],
  unreachable: readonly Unreachable[],
): Unserved {
  const lines: string[] = [];
  let left = 0;
  for (const backend of backends) {
    const why = reasonOf(backend, unreachable.findLast((one) => one.backend === backend) ?? null);
    if (why === null) continue;
    if (lines.length < MOST_LINES) lines.push(short(`${backend.name}: ${why}`));
    else left++;
  }
  if (left > 0) lines.push(`and ${left} more`);
  const colon = words.endsWith('.') ? '' : ':';
  return {
    message: lines.length === 0 ? words : `${words}${colon} ${lines.join(' ')}`,
    body: [words, ...lines].join('\n'),
  };
}

function reasonOf(backend: Backend, unreachable: DownReason | null): string | null {
  switch (backend.whyNot()) {
    case 'disabled':
      return 'switched off by you.';
    case 'draining':
      return 'draining, by you.';
    case 'forced-down':
      return 'forced down by you.';
    case 'ejected':
      return `ejected: ${backend.ejection?.reason ?? ''}.`;
    case 'down':
      return sentence(unreachable ?? backend.down);
    case 'full':
    case null:
      return unreachable === null ? null : sentence(unreachable);
  }
}

function sentence(reason: DownReason | null): string {
  if (reason === null) return 'down.';
  const text = withAdvice(reason.words, reason.cause);
  return text.endsWith('.') ? text : `${text}.`;
}

/** On one line, whatever a backend has put into its words. */
function short(line: string): string {
  const flat = line.replaceAll(/[\r\n]/g, ' ');
  return flat.length > MAX_LINE ? `${flat.slice(0, MAX_LINE - 1)}…` : flat;
}
