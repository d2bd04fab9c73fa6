import { ALLOW, type LocalAnswer } from './local-answer.ts';
import type { RequestHead } from './request-head.ts';

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
    return { status: 508, words, fields: 'Proxy-Status: switchyard; error=proxy_loop_detected\r\n' };
  }
  if (head.method === 'CONNECT')
    return { status: 405, words: 'CONNECT is for forward proxies; this is a load balancer.', fields: ALLOW };
  if (head.maxForwards === 0) {
    // RFC 9110 section 7.6.2: it was not to go further than this.
    if (head.method === 'OPTIONS') return { status: 200, words: '', fields: ALLOW };
    return { status: 405, words: 'TRACE is not answered here.', fields: ALLOW };
  }
  if (maxBody !== undefined && head.framing.kind === 'length' && head.framing.length > maxBody)
    return { status: 413, words: `The request body is larger than ${maxBody} bytes.` };
  return null;
}
