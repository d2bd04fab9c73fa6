import { expect, it } from 'vitest';
import { isOpenable } from '../../../electron/desktop/openable-url.ts';

const shown = {
  listeners: [{ url: 'http://localhost:8080' }, { url: 'https://localhost:8443' }],
  pools: [{ backends: [{ url: 'http://127.0.0.1:5001/base' }] }],
};

it.each(['http://localhost:8080', 'https://localhost:8443/x?y', 'http://127.0.0.1:5001/base'])(
  '%s is opened: it is of a listener or a backend',
  (url) => {
    expect(isOpenable(url, shown)).toBe(true);
  },
);

it.each([
  'https://example.com/',
  'http://localhost:8081',
  'https://localhost:8080',
  'http://localhost:8080@example.com/',
  'http://localhost:8080.example.com/',
  'file:///etc/passwd',
  'ssh://localhost:8080',
  'javascript:1',
  'localhost:8080',
  '',
])('%s is not opened', (url) => {
  expect(isOpenable(url, shown)).toBe(false);
});

it('nothing is opened while there is no listener and no backend', () => {
  expect(isOpenable('http://localhost:8080', { listeners: [], pools: [] })).toBe(false);
});
