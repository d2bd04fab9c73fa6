import { expect, it } from 'vitest';
import { Malformed } from '../../../../electron/engine/http/message/malformed.ts';
import { parseResponseHead } from '../../../../electron/engine/http/message/response-head.ts';
import { rewriteInterim } from '../../../../electron/engine/http/message/rewrite-response.ts';

it('an interim answer loses what its Connection names, and keeps the rest', () => {
  const head = parseResponseHead(
    'HTTP/1.1 103 Early Hints\r\nConnection: X-Hop\r\nx-hop: a\r\nLink: </a>\r\n',
    'GET',
    10,
  );
  if (head instanceof Malformed) throw new Error(head.words);
  expect(rewriteInterim(head, null)).toBe('HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n');
});
