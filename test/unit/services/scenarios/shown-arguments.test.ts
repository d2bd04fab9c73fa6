import { expect, it } from 'vitest';
import { shownArguments } from '../../../../electron/services/scenarios/shown-arguments.ts';

it.each([
  ['npm run e2e -- --grep token', 'npm run e2e -- --grep token'],
  ['node test.js --token abc --retries 3', 'node test.js --token REDACTED --retries 3'],
  ['node test.js --api-key=abc --port=80', 'node test.js --api-key=REDACTED --port=80'],
  ['env DB_PASSWORD=abc=d MODE=fast npm test', 'env DB_PASSWORD=REDACTED MODE=fast npm test'],
  ['tool --password --verbose', 'tool --password --verbose'],
  ['curl -u anna:abc http://x/a', 'curl -u anna:REDACTED http://x/a'],
  [
    'curl http://anna:abc@x/a?access_token=abc&b=1',
    'curl http://anna:REDACTED@x/a?access_token=REDACTED&b=1',
  ],
])('%s', (given, expected) => {
  expect(shownArguments(given.split(' '))).toEqual(expected.split(' '));
});

it('a header keeps its name and scheme', () => {
  const argv = ['curl', '-H', 'Authorization: Bearer abc', '-HX-Api-Key: abc', '-H', 'Accept: text/plain'];
  expect(shownArguments(argv)).toEqual([
    'curl',
    '-H',
    'Authorization: Bearer REDACTED',
    '-HX-Api-Key: REDACTED',
    '-H',
    'Accept: text/plain',
  ]);
});
