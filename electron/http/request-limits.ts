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

/** @param limit a duration: `10s` */
export const headTooLate = (limit: string) =>
  above('The request head did not arrive within', limit, 'timeouts.head');
