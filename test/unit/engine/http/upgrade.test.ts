import { expect, it } from 'vitest';
import { forwardableUpgrade, isOffered } from '../../../../electron/engine/http/message/upgrade.ts';

it.each([
  ['websocket', 'websocket'],
  ['WebSocket', 'WebSocket'],
  ['h2c, websocket', 'websocket'],
  ['websocket , TLS/1.2', 'websocket'],
  ['websocket, WebSocket', 'websocket'],
  ['h2c', null],
  ['websocket2', null],
  ['', null],
])('of Upgrade: %j goes on %j', (asked, kept) => {
  expect(forwardableUpgrade(asked, ['websocket'])).toBe(kept);
});

it('a backend switches to what it was offered, and to nothing else', () => {
  expect(isOffered('WebSocket', 'websocket')).toBe(true);
  expect(isOffered(null, 'websocket')).toBe(true);
  expect(isOffered('h2c', 'websocket')).toBe(false);
  expect(isOffered('websocket, h2c', 'websocket')).toBe(false);
});
