import { expect, it } from 'vitest';
import {
  authenticatesConnection,
  challengesConnection,
} from '../../../../electron/engine/http/client/private-connections.ts';

it.each([
  ['NTLM TlRMTVNTUAAB', true],
  ['ntlm', true],
  ['Negotiate YIIJ', true],
  ['negotiate', true],
  ['NTLMv3 x', false],
  ['Basic TlRMTQ==', false],
  ['Bearer ntlm', false],
  ['Nonsense', false],
  ['', false],
])('credentials of %j authenticate the connection: %s', (value, expected) => {
  expect(authenticatesConnection(value)).toBe(expected);
});

it.each([
  [['WWW-Authenticate', 'NTLM'], true],
  [['www-authenticate', 'Negotiate', 'WWW-Authenticate', 'NTLM'], true],
  [['WWW-Authenticate', 'Basic realm="x", NTLM'], true],
  [['WWW-Authenticate', 'Basic realm="NTLM"'], false],
  [['X-Authenticate', 'NTLM'], false],
  [[], false],
])('a challenge of %j is for the connection: %s', (fields, expected) => {
  expect(challengesConnection(fields)).toBe(expected);
});
