import type { IncomingMessage } from 'node:http';
import { type Answer, problem } from './answer.ts';
import { isSameToken } from './token.ts';

export interface Door {
  /** `localhost:9900`, `127.0.0.1:9900`: what the Host field may say. */
  readonly hosts: readonly string[];
  readonly token: string;
}

const CHALLENGE = { 'www-authenticate': 'Bearer realm="switchyard"' };

/** Who may not come in, and why; null for whoever may. */
export function turnAway(request: IncomingMessage, { hosts, token }: Door): Answer | null {
  const host = request.headers.host?.toLowerCase() ?? '';
  // A page whose own name was pointed at this machine (DNS rebinding) still sends that name.
  if (!hosts.includes(host)) {
    return problem(421, 'wrong-host', `The Host field has to be ${hosts.join(' or ')}.`);
  }
  // Pages send it with all that could change something; none but our own address may.
  const { origin, authorization } = request.headers;
  if (origin !== undefined && origin.toLowerCase() !== `http://${host}`) {
    return problem(403, 'foreign-origin', 'Pages may not call this server; call it from a program instead.');
  }
  if (authorization === undefined) {
    return problem(401, 'no-token', 'There is no token; send "Authorization: Bearer" and the token.', {
      headers: CHALLENGE,
    });
  }
  const given = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
  if (given !== undefined && isSameToken(given, token)) return null;
  return problem(401, 'wrong-token', 'The token is not the one this instance was started with.', {
    headers: CHALLENGE,
  });
}
