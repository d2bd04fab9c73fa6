import { expect, it } from 'vitest';
import {
  type AttemptFailureCode,
  decideRetry,
  isBackendDown,
  type RetryFacts,
  withBodyInMind,
} from '../../../../electron/engine/http/backend/retry.ts';

const FACTS: RetryFacts = {
  method: 'GET',
  isBodyReplayable: true,
  attempts: 1,
  lost: 1,
  limits: { attempts: 3, budget: 1_000 },
  elapsedMs: 0,
};
const failure = (code: AttemptFailureCode, hasAnswered = false) => ({ code, words: '', hasAnswered });

it.each<[AttemptFailureCode, string, string]>([
  ['unreachable', 'GET', 'next-backend'],
  ['unreachable', 'POST', 'next-backend'],
  ['reset', 'GET', 'next-if-gone'],
  ['reset', 'PUT', 'next-if-gone'],
  ['reset', 'POST', 'give-up'],
  ['reset', 'PATCH', 'give-up'],
  ['closed', 'DELETE', 'next-backend'],
  ['closed', 'POST', 'give-up'],
  ['stale', 'GET', 'same-backend'],
  ['stale', 'POST', 'give-up'],
  ['unread', 'PUT', 'give-up'],
  ['cut', 'GET', 'next-backend'],
  ['timeout', 'GET', 'give-up'],
  ['malformed', 'GET', 'give-up'],
])('after %s, a %s: %s', (code, method, decision) => {
  expect(decideRetry(failure(code), { ...FACTS, method })).toBe(decision);
});

it.each<[string, Partial<RetryFacts>]>([
  ['the body is not at hand any more', { isBodyReplayable: false }],
  ['the attempts are used up', { attempts: 3 }],
  ['the time is used up', { elapsedMs: 1_000 }],
])('gives up when %s', (_name, facts) => {
  expect(decideRetry(failure('unreachable'), { ...FACTS, ...facts })).toBe('give-up');
});

it('never repeats what has been partly answered', () => {
  expect(decideRetry(failure('reset', true), FACTS)).toBe('give-up');
});

it.each(['reset', 'closed'] as const)(
  'a request that has lost two connections (%s) goes to no third backend',
  (code) => {
    expect(decideRetry(failure(code), { ...FACTS, attempts: 2, lost: 2 })).toBe('give-up');
  },
);

it('takes a backend out on a refused connection only', () => {
  expect(isBackendDown(failure('unreachable'))).toBe(true);
  expect(isBackendDown(failure('reset'))).toBe(false);
  expect(isBackendDown(failure('closed'))).toBe(false);
  expect(isBackendDown(failure('stale'))).toBe(false);
});

it('takes no backend out for what this machine lacks', () => {
  expect(isBackendDown({ ...failure('unreachable'), cause: { kind: 'local' } })).toBe(false);
});

const WHOLE = { isDone: true, isReplayable: true };
it.each<
  [string, ReturnType<typeof failure> & { isUnsent?: boolean }, Partial<typeof WHOLE>, AttemptFailureCode]
>([
  ['reset before the whole body has come', failure('reset'), { isDone: false }, 'unread'],
  ['closed before the whole body has come', failure('closed'), { isDone: false }, 'unread'],
  ['closed with bytes unsent', { ...failure('closed'), isUnsent: true }, {}, 'unread'],
  ['closed with all of it sent', failure('closed'), {}, 'closed'],
  ['reset with all of it sent', failure('reset'), {}, 'reset'],
  ['reset in the middle of the response', failure('reset', true), { isDone: false }, 'reset'],
  ['a kept connection that was closed', failure('stale'), {}, 'stale'],
  ['a kept connection that took more than can be kept', failure('stale'), { isReplayable: false }, 'unread'],
  ['no response in time', failure('timeout'), { isDone: false }, 'timeout'],
])('an upload is %s', (_name, given, body, code) => {
  expect(withBodyInMind(given, { ...WHOLE, ...body }).code).toBe(code);
});
