import type { ServerInput } from '../../shared/config/config-edit.ts';
import type { FoundCheck } from '../../shared/view/found-check.ts';

/** Sentences quoted in one message. */
const MOST_QUOTED = 2;

/** A server as it is to be written: its URL, and what the search has found that it needs. */
export function serverOf({ url, insecure, healthCheck }: FoundCheck): ServerInput {
  return {
    url,
    ...(insecure && { insecure }),
    ...(Object.keys(healthCheck).length > 0 && { healthCheck }),
  };
}

/** As it stands in a file: a URL for as long as a URL is all there is. */
export function writtenServerOf(found: FoundCheck): string | ServerInput {
  const server = serverOf(found);
  return Object.keys(server).length === 1 ? server.url : server;
}

/** Whether the user should hear of it: something was written, or could not be found out. */
export function isNoteworthy({ finding, insecure, healthCheck }: FoundCheck): boolean {
  const { kind } = finding;
  if (kind === 'stopped' || kind === 'off') return false;
  return (
    !(kind === 'fits' || kind === 'connects') || insecure === true || Object.keys(healthCheck).length > 0
  );
}

/** What was found, each sentence once; empty where there is nothing to say. */
export function foundWords(found: readonly FoundCheck[]): string {
  return wordsOnce(found.filter(isNoteworthy));
}

/** Each sentence once, and not too many of them. */
export function wordsOnce(found: readonly FoundCheck[]): string {
  const all = [...new Set(found.map(({ words }) => words))];
  const left = all.length - MOST_QUOTED;
  return [...all.slice(0, MOST_QUOTED), ...(left > 0 ? [`And ${left} more.`] : [])].join(' ');
}
