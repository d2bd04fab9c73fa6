import { expect, it } from 'vitest';
import { MAX_ISSUES } from '../../../../electron/services/config/issues.ts';
import { parseConfig } from '../../../../electron/services/config/parse.ts';

const withUnknown = (count: number) =>
  `{ "servers": ["http://localhost:1"],\n${Array.from({ length: count }, (_, at) => `"x${at}": 1`).join(',\n')}\n}`;

function issuesOf(text: string) {
  const config = parseConfig(text);
  return config.ok ? [] : config.error;
}

it('tells a hundred problems, each at its place', () => {
  const issues = issuesOf(withUnknown(MAX_ISSUES));
  expect(issues).toHaveLength(MAX_ISSUES);
  expect(issues[0]).toMatchObject({ path: 'x0', line: 2, column: 1 });
  expect(issues.at(-1)).toMatchObject({ path: 'x99', line: 101, column: 1 });
});

it('says how many more there are', () => {
  const one = issuesOf(withUnknown(MAX_ISSUES + 1));
  expect(one).toHaveLength(MAX_ISSUES + 1);
  expect(one.at(-1)).toEqual({ path: '', keys: [], message: 'There is 1 more problem; mend these first.' });
  const many = issuesOf(withUnknown(16_000));
  expect(many).toHaveLength(MAX_ISSUES + 1);
  expect(many.at(-1)?.message).toBe('There are 15900 more problems; mend these first.');
});

it('has room for as many problems as a file can have', () => {
  const twice = Array.from({ length: 300_000 }, () => '"a":1').join(',');
  expect(issuesOf(`{"servers":["http://localhost:1"],"x":{${twice}}}`)).toHaveLength(MAX_ISSUES + 1);
});

it.each([
  [
    '{"port":":8080","healthCheckInterval":"DIGITS","servers":["http://localhost:1"]}',
    /longer than 100 characters/,
  ],
  ['{"servers":["http://localhost:1/DIGITS"]}', /longer than 2000 characters/],
  ['{"port":"http://DIGITS","servers":["http://localhost:1"]}', /longer than an address/],
])('refuses text that is too long before it reads it: %s', (text, message) => {
  expect(issuesOf(text.replace('DIGITS', '1'.repeat(60_000)))[0]?.message).toMatch(message);
});
