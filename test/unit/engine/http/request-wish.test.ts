import { expect, it } from 'vitest';
import { MAX_FAULT_HEADER, readWish } from '../../../../electron/engine/http/client/request-wish.ts';

const asking = (fault: string) =>
  readWish({
    clientAddress: '127.0.0.1',
    path: '/',
    cookie: () => null,
    header: (name) => (name === 'X-Switchyard-Fault' ? fault : null),
  });

it('takes faults with blanks around their commas', () => {
  const read = asking('latency 20ms  ,\terror 503');
  expect(read.ok && read.value?.faults?.map(({ type }) => type)).toEqual(['latency', 'error']);
});

it('refuses a header that is too long before it reads it', () => {
  expect(asking(`latency${' '.repeat(MAX_FAULT_HEADER)}`)).toEqual({
    ok: false,
    error: 'X-Switchyard-Fault is longer than 1000 characters.',
  });
});
