import type { Draft, DraftPool, DraftServer } from './draft.ts';

/** As wide as the project's own files. */
const WIDTH = 100;

/**
 * The draft as the text of a config, with comments that say where each pool comes from.
 *
 * @param source the file's name
 */
export function writeDraft({ pools, listeners }: Draft, source: string): string {
  const wholeListeners = listeners.map(({ routes, ...listener }) => ({
    ...listener,
    ...(routes.length > 0 && { routes }),
  }));
  const lines = pools.map((pool, index) => {
    const end = index === pools.length - 1 ? '' : ',';
    return `    // ${oneLine(pool.origin)}\n    ${JSON.stringify(pool.name)}: ${layOut(written(pool), 4)}${end}\n`;
  });
  return [
    '{\n',
    `  // Read from ${oneLine(source)}, which stays as it is.\n`,
    `  "listeners": ${layOut(wholeListeners, 2)},\n`,
    '  "pools": {\n',
    ...lines,
    '  }\n',
    '}\n',
  ].join('');
}

function written({ policy, servers, settings }: DraftPool): object {
  return {
    ...(policy !== 'round-robin' && { policy }),
    ...settings,
    servers: servers.map(asShortAsCanBe),
  };
}

/** A plain URL where that is all there is. */
function asShortAsCanBe(server: DraftServer): DraftServer | string {
  const { url, ...others } = server;
  const isPlain = Object.values(others).every((value) => value === undefined);
  return isPlain && url !== undefined ? url : server;
}

/** JSON on one line where it is short, else a line for each of its parts. */
function layOut(value: unknown, indent: number): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const isList = Array.isArray(value);
  const parts = isList
    ? value.map((item) => ['', item] as const)
    : Object.entries(value)
        .filter(([, item]) => item !== undefined)
        .map(([key, item]) => [`${JSON.stringify(key)}: `, item] as const);
  const [open, close] = isList ? ['[', ']'] : ['{', '}'];
  if (parts.length === 0) return open + close;
  const flat = parts.map(([key, item]) => key + layOut(item, 0)).join(', ');
  const padding = isList ? '' : ' ';
  if (indent + flat.length < WIDTH && !flat.includes('\n')) return open + padding + flat + padding + close;
  const inner = ' '.repeat(indent + 2);
  const lines = parts.map(([key, item]) => `${inner}${key}${layOut(item, indent + 2)}`);
  return `${open}\n${lines.join(',\n')}\n${' '.repeat(indent)}${close}`;
}

/** A line break in a comment would end it. */
function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}\u2028\u2029]+/gu, ' ');
}
