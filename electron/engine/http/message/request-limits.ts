/** What a client is told that reaches a limit of its listener: the limit, its value and its setting. */
function above(what: string, limit: string, setting: string): string {
  return `${what} ${limit}. The limit is ${setting} of the listener.`;
}

export const headTooLarge = (bytes: number) =>
  above('The request head is larger than', `${bytes} bytes`, 'limits.head');

export const tooManyHeaders = (lines: number) =>
  above('The request has more than', `${lines} header lines`, 'limits.headers');

export const targetTooLong = (bytes: number) =>
  above('The request target is longer than', `${bytes} bytes`, 'limits.target');

export const bodyTooLarge = (bytes: number) =>
  above('The request body is larger than', `${bytes} bytes`, 'limits.body');

/** Files that are open without any client. */
const OTHER_FILES = 32;

/**
 * Most connections of clients at a time. Each may need another to a backend, and a process without a file left for that
 * can serve nobody.
 *
 * @param connections as configured
 * @param openFiles that the process may have; null for any number
 */
export function mostConnections(connections: number, openFiles: number | null): number {
  if (openFiles === null) return connections;
  return Math.min(connections, Math.max(1, Math.floor((openFiles - OTHER_FILES) / 2)));
}

/** What a client is told that is one too many. */
export function tooManyConnections(connections: number, openFiles: number | null): string {
  const most = mostConnections(connections, openFiles);
  if (most === connections)
    return above('The listener has', `${most} connections open`, 'limits.connections');
  return `The listener has ${most} connections open. The process may have ${openFiles} files open (ulimit -n), and each connection may need two.`;
}

/** @param limit a duration: `10s` */
export const headTooLate = (limit: string) =>
  above('The request head did not arrive within', limit, 'timeouts.head');
