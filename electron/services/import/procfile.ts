import { fail, ok } from '../../../shared/calls/result.ts';
import type { DraftPool, Reader } from './draft.ts';
import { PoolNames } from './pool-names.ts';

const LINE = /^\s*([A-Za-z0-9_-]+)\s*:\s*(\S.*)$/;
/** The ways a shell is told to put a port in. */
const NAMES_PORT = /\$\{?PORT\b|%PORT%/;

interface Entry {
  readonly type: string;
  readonly command: string;
  readonly line: number;
}

/** A Procfile: each process that serves becomes a pool of one command. */
export const readProcfile: Reader = (text, say) => {
  const entries: Entry[] = [];
  for (const [index, content] of text.split(/\r?\n/).entries()) {
    if (/^\s*(#|$)/.test(content)) continue;
    const [, type, command] = LINE.exec(content) ?? [];
    if (type === undefined || command === undefined || command.includes('\0')) {
      const words = 'this is no line of a Procfile; write it like "web: node server.js".';
      return fail({ line: index + 1, words });
    }
    entries.push({ type, command: command.trim(), line: index + 1 });
  }
  if (entries.length === 0)
    return fail({ line: null, words: 'The Procfile is empty; write a line such as "web: node server.js".' });
  const serving = entries.filter(isServing);
  // Without a word about ports all that could be a server is taken for one.
  const taken = serving.length > 0 ? serving : entries.filter(({ type }) => type !== 'release');
  for (const { type, line } of entries.filter((entry) => !taken.includes(entry)))
    say(line, `${type} was left out: it does not use $PORT, so nothing says that it serves HTTP.`);
  if (taken.length === 0)
    return fail({ line: null, words: 'No process here serves; add one such as "web: node server.js".' });
  for (const { type, command, line } of taken.filter((entry) => !NAMES_PORT.test(entry.command)))
    say(line, `${type} (${command}) has to listen on the PORT in its environment.`);
  const names = new PoolNames();
  return ok({ listeners: [], pools: taken.map((entry) => toPool(entry, names)) });
};

/** By convention only `web` is sent requests; a process that asks for a port wants them too. */
function isServing({ type, command }: Entry): boolean {
  return type === 'web' || (type !== 'release' && NAMES_PORT.test(command));
}

function toPool({ type, command, line }: Entry, names: PoolNames): DraftPool {
  const name = names.take(type);
  return {
    name,
    origin: `${type}, line ${line}`,
    policy: 'round-robin',
    servers: [{ name, command }],
    settings: {},
  };
}
