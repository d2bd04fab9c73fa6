import { expect, it } from 'vitest';
import { describeFailedRequest } from '../../../electron/cli/failed-request-words.ts';
import type { FailedRequest } from '../../../electron/engine/core/failed-request.ts';

const request: FailedRequest = {
  code: 'no-backend',
  listener: ':8080',
  pool: 'p',
  client: '192.0.2.7',
  method: 'POST',
  target: '/x',
  status: 503,
  backend: null,
  reason: 'No healthy server available',
};
const named = { name: 'api-2', url: 'http://127.0.0.1:5002' };
const unnamed = { name: '127.0.0.1:5002', url: 'http://127.0.0.1:5002' };

it.each<[string, Partial<FailedRequest>]>([
  ['POST /x → 503: No healthy server available', {}],
  [`POST /${'t'.repeat(119)}… → 503: No healthy server available`, { target: `/${'t'.repeat(500)}` }],
  [
    'POST /x → 502: api-2 (http://127.0.0.1:5002): connection reset',
    { status: 502, code: 'backend-closed', backend: named, reason: 'connection reset' },
  ],
  [
    'POST /x → 502: http://127.0.0.1:5002: connection reset',
    { status: 502, code: 'backend-closed', backend: unnamed, reason: 'connection reset' },
  ],
  [
    'POST /x → 500: the response of api-2 (http://127.0.0.1:5002)',
    { status: 500, code: 'backend-status', backend: named, reason: '' },
  ],
  [
    'POST /x → 200, cut short: http://127.0.0.1:5002: connection closed',
    { status: 200, code: 'cut', backend: unnamed, reason: 'connection closed' },
  ],
  [
    'not a readable request, from 192.0.2.7 → 400: The client speaks SSH, not HTTP.',
    { status: 400, code: 'not-http', method: '', target: '', reason: 'The client speaks SSH, not HTTP.' },
  ],
  [
    'TLS handshake with 192.0.2.7 failed: the client does not trust the certificate',
    { status: 0, code: 'handshake', reason: 'the client does not trust the certificate' },
  ],
])('%s', (words, change) => {
  expect(describeFailedRequest({ ...request, ...change })).toBe(words);
});
