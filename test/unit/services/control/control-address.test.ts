import { expect, it } from 'vitest';
import { hostNamesOf, parseControlAddress } from '../../../../electron/services/control/control-address.ts';

it.each([
  ['127.0.0.1:9900', '127.0.0.1', ['localhost', '127.0.0.1']],
  ['127.1.2.3:9900', '127.1.2.3', ['localhost', '127.1.2.3']],
  [':9900', '127.0.0.1', ['localhost', '127.0.0.1']],
  ['9900', '127.0.0.1', ['localhost', '127.0.0.1']],
  ['localhost:9900', '127.0.0.1', ['localhost', '127.0.0.1']],
  ['[::1]:9900', '::1', ['localhost', '[::1]']],
])('%s is bound as %s', (text, host, names) => {
  const address = parseControlAddress(text);
  expect(address).toEqual({ ok: true, value: { host, port: 9900 } });
  expect(hostNamesOf({ host, port: 9900 })).toEqual(names);
});

it.each(['0.0.0.0:9900', '[::]:9900', '192.168.1.2:9900', 'my-machine:9900', '[::ffff:127.0.0.1]:9900', 'x'])(
  '%s is not bound',
  (text) => expect(parseControlAddress(text).ok).toBe(false),
);
