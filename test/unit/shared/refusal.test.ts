import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { REFUSAL_STATUS } from '../../../shared/view/refusal.ts';

const docs = readFileSync(join(import.meta.dirname, '../../../docs/requests.md'), 'utf8');
/** By code: the status column of its row. */
const rows = new Map(
  docs
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .flatMap((line) => {
      const [, codes = '', status = ''] = line.split('|');
      return [...codes.matchAll(/`([a-z0-9-]+)`/g)].map(([, code = '']) => [code, Number(status)] as const);
    }),
);

// Nobody is sent this one: it is what is wrong with a response.
it.each(Object.entries(REFUSAL_STATUS).filter(([code]) => code !== 'bad-status-line'))(
  'the docs list %s with its status, %d',
  (code, status) => {
    expect(rows.get(code)).toBe(status);
  },
);
