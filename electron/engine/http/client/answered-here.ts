import { hostName } from '../../../../shared/config/route-match.ts';
import type { RequestHead } from '../message/request-head.ts';
import { bodyTooLarge } from '../message/request-limits.ts';
import { ALLOW, type LocalAnswer, localRefusal } from './local-answer.ts';
import type { LoopMark } from './loop-mark.ts';

/**
 * The answer to a request that goes to no backend, whichever there are; null for all others.
 *
 * @param isOwn whether it came over a connection that was opened here
 * @param loopMark what this engine marks requests with that it forwards
 * @param maxBody bytes; undefined for no limit
 */
export function answeredHere(
  head: RequestHead,
  isOwn: boolean,
  loopMark: LoopMark,
  maxBody: number | undefined,
): LocalAnswer | null {
  if (isOwn)
    return loop('This request comes from Switchyard itself: a backend of the pool is this very listener.');
  if (head.passedHops !== null && loopMark.isIn(head.passedHops))
    return loop(
      'This request has passed through this Switchyard before: a backend of the pool leads back to it through ' +
        'another proxy. Give that proxy the address of the service itself.',
    );
  if (head.method === 'CONNECT')
    return localRefusal(
      'method-not-allowed',
      'CONNECT is for forward proxies; this is a load balancer.',
      ALLOW,
    );
  if (head.maxForwards === 0) {
    // RFC 9110 section 7.6.2: it was not to go further than this.
    if (head.method === 'OPTIONS') return { status: 200, words: '', fields: ALLOW };
    return localRefusal('method-not-allowed', 'TRACE is not answered here.', ALLOW);
  }
  if (maxBody !== undefined && head.framing.kind === 'length' && head.framing.length > maxBody)
    return localRefusal('body-too-large', bodyTooLarge(maxBody));
  return null;
}

/** RFC 9110 section 15.5.20. Two programs that disagree about the host are what DNS rebinding lives on. */
export function hostNotAllowed(host: string, listener: string): LocalAnswer {
  const name = hostName(host);
  return localRefusal(
    'host-not-allowed',
    `This listener does not take requests for the host "${name}": it takes localhost, *.localhost, IP addresses and ` +
      `the hosts of its routes. To allow it, add "${name}" to "allowedHosts" of listener ${listener}.`,
  );
}

/** RFC 9209 section 2.3: a client that reads only heads, such as a probe, learns of it too. */
function loop(words: string): LocalAnswer {
  return localRefusal('loop', words, 'Proxy-Status: switchyard; error=proxy_loop_detected\r\n');
}
