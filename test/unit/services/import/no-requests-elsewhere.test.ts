import { expect, it } from 'vitest';
import { fitChecks } from '../../../../electron/services/import/fit-checks.ts';

const pool = (name: string, ...urls: readonly string[]) => ({
  name,
  origin: 'a file',
  policy: 'round-robin' as const,
  servers: urls.map((url) => ({ url })),
  settings: {},
});

it('a backend of an imported file gets a request only if it is on this machine', async () => {
  const asked: string[] = [];
  const notes: string[] = [];
  const pools = [
    pool('far', 'http://169.254.169.254', 'http://users.example'),
    pool('near', 'http://127.0.0.1:5001', 'http://10.0.0.5', 'http://api.localhost:5002'),
  ];
  await fitChecks(
    { pools, listeners: [] },
    async (url) => {
      asked.push(url);
      return {
        url,
        healthCheck: {},
        finding: { kind: 'unreachable', reason: 'refused' },
        words: 'unreachable',
      };
    },
    (_line, words) => notes.push(words),
  );
  expect(asked).toEqual(['http://127.0.0.1:5001', 'http://api.localhost:5002']);
  expect(notes[0]).toBe(
    'far: its backends are on other machines and were not asked, so its check is HEAD /, which expects 200 to 399.',
  );
});
