import type { DraftRoute, Say } from './draft.ts';
import type { Directive } from './nginx-blocks.ts';

/** What a `server` block says: where it listens, for whom, and where requests go. */
export interface ServerBlock {
  readonly line: number;
  readonly listens: readonly {
    readonly port: number;
    readonly isDefault: boolean;
    readonly isTls: boolean;
  }[];
  /** None for every host. */
  readonly hosts: readonly string[];
  readonly routes: readonly DraftRoute[];
}

/** Finds or makes the pool that a `proxy_pass` leads to; null when there is none. */
export type PoolOf = (scheme: 'http' | 'https', authority: string, line: number) => string | null;

/** Directives of a server or location that change what is answered. */
const TELLING = new Set([
  'root',
  'alias',
  'try_files',
  'rewrite',
  'if',
  'fastcgi_pass',
  'uwsgi_pass',
  'grpc_pass',
  'auth_basic',
  'limit_req',
  'include',
]);

export function readServerBlock(block: Directive, poolOf: PoolOf, say: Say): ServerBlock {
  const children = block.children ?? [];
  const listens = children.filter(({ name }) => name === 'listen').flatMap((one) => readListen(one, say));
  const routes = children
    .filter(({ name }) => name === 'location')
    .flatMap((one) => readLocation(one, poolOf, say));
  const own = readTarget(block, '/', poolOf, say);
  return {
    line: block.line,
    listens: listens.length > 0 ? listens : [{ port: 80, isDefault: false, isTls: false }],
    hosts: children.filter(({ name }) => name === 'server_name').flatMap((one) => readHosts(one, say)),
    routes: own ? [...routes, { path: '/', ...own }] : routes,
  };
}

function readListen({ words, line }: Directive, say: Say): ServerBlock['listens'] {
  const [address = '', ...options] = words;
  const port = Number(/^(?:.*:)?(\d{1,5})$/.exec(address)?.[1] ?? (/^[^:]+$|\]$/.test(address) ? 80 : 0));
  if (port < 1 || port > 65_535) {
    say(line, `listen ${address} was left out: it is no TCP port.`);
    return [];
  }
  const isTls = options.includes('ssl') || options.includes('quic');
  return [{ port, isDefault: options.includes('default_server'), isTls }];
}

function readHosts({ words, line }: Directive, say: Say): readonly string[] {
  return words.flatMap((word) => {
    if (word === '_' || word === '') return [];
    const host = word.startsWith('.') ? word.slice(1) : word;
    if (/^(\*\.)?([A-Za-z0-9_-]+\.)*[A-Za-z0-9_-]+$/.test(host))
      return word === host ? [host.toLowerCase()] : [host.toLowerCase(), `*.${host.toLowerCase()}`];
    say(line, `server_name ${word} was left out: a route is for a host, or for "*." and a host.`);
    return [];
  });
}

function readLocation(block: Directive, poolOf: PoolOf, say: Say): readonly DraftRoute[] {
  const { words, line } = block;
  const [modifier = '', path = ''] = words.length > 1 ? words : ['', words[0] ?? ''];
  if (modifier.startsWith('~') || path.startsWith('@')) {
    say(line, `location ${words.join(' ')} was left out: a route is for a path and those below it.`);
    return [];
  }
  if (!/^\/[\x21\x22\x24-\x3e\x40-\x7e]*$/.test(path)) {
    say(line, `location ${words.join(' ')} was left out: its path cannot be a route's.`);
    return [];
  }
  const target = readTarget(block, path, poolOf, say);
  if (target && modifier === '=') say(line, `location = ${path} holds for the paths below it too.`);
  return target ? [{ path: withoutSlash(path), ...target }] : [];
}

/** Where a block's requests go; null when that is nothing a route can do. */
function readTarget(
  { children, line, name }: Directive,
  path: string,
  poolOf: PoolOf,
  say: Say,
): DraftRoute | null {
  const pass = children?.find((one) => one.name === 'proxy_pass');
  const answer = children?.find((one) => one.name === 'return');
  const isLocation = name === 'location';
  for (const one of pass || answer || !isLocation ? (children ?? []) : [])
    if (one.name === 'health_check')
      say(
        one.line,
        'health_check was left out: set the health check of the pool in the window or the config.',
      );
    else if (TELLING.has(one.name))
      say(one.line, `${one.name} was left out: Switchyard has nothing like it.`);
  if (pass) return readPass(pass, path, poolOf, say);
  if (answer) return readReturn(answer, say);
  if (isLocation) say(line, `location ${path} was left out: it does not pass requests on.`);
  return null;
}

function readPass({ words, line }: Directive, path: string, poolOf: PoolOf, say: Say): DraftRoute | null {
  const [target = ''] = words;
  const [, scheme, authority = '', uri = ''] = /^(https?):\/\/([^/?#$]+)(\/[^?#$]*)?$/.exec(target) ?? [];
  if (scheme !== 'http' && scheme !== 'https') {
    say(line, `proxy_pass ${target} was left out: only a fixed http:// or https:// address can be a pool.`);
    return null;
  }
  const pool = poolOf(scheme, authority, line);
  if (pool === null) return null;
  if (uri === '' || withoutSlash(uri) === withoutSlash(path)) return { pool };
  return uri === '/' ? { pool, stripPrefix: true } : { pool, replacePrefix: withoutSlash(uri) };
}

function readReturn({ words, line }: Directive, say: Say): DraftRoute | null {
  const [first = '', second] = words;
  const status = Number(/^\d{3}$/.exec(first)?.[0] ?? 302);
  const text = /^\d{3}$/.test(first) ? second : first;
  const isFixed = !/\$/.test(text ?? '');
  if (
    [301, 302, 303, 307, 308].includes(status) &&
    isFixed &&
    /^(\/|https?:\/\/)[\x21-\x22\x25-\x7e]*$/.test(text ?? '')
  ) {
    say(line, `return ${words.join(' ')}: what follows the matched path goes along here.`);
    return { redirect: { to: text ?? '', status } };
  }
  if (isFixed && status >= 200 && status <= 599 && !(status >= 300 && status < 400))
    return { respond: { status, body: text } };
  say(line, `return ${words.join(' ')} was left out: an answer here is the same for every request.`);
  return null;
}

function withoutSlash(path: string): string {
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}
