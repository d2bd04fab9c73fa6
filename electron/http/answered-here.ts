import { ALLOW, type LocalAnswer, localRefusal } from './local-answer.ts';
import type { RequestHead } from './request-head.ts';
import { bodyTooLarge } from './request-limits.ts';

/**
 * The answer to a request that goes to no backend, whichever there are; null for all others.
 *
 * @param isOwn whether it came over a connection that was opened here
 * @param maxBody bytes; undefined for no limit
 */
export function answeredHere(
  head: RequestHead,
  isOwn: boolean,
  maxBody: number | undefined,
): LocalAnswer | null {
  if (isOwn) {
    const words = 'This request comes from Switchyard itself: a backend of the pool is this very listener.';
    // RFC 9209 section 2.3: who reads only heads, as a probe does, learns of it too.
    return localRefusal('loop', words, 'Proxy-Status: switchyard; error=proxy_loop_detected\r\n');
  }
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
