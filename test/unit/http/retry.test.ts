import { expect, it } from 'vitest';
import {
  type AttemptFailureCode,
  decideRetry,
  isBackendDown,
  type RetryFacts,
} from '../../../electron/http/retry.ts';

const FACTS: RetryFacts = {
  method: 'GET',
  isBodyReplayable: true,
  attempts: 1,
  limits: { attempts: 3, budget: 1_000 },
  elapsedMs: 0,
};
const failure = (code: AttemptFailureCode, hasAnswered = false) => ({ code, words: '', hasAnswered });

it.each<[AttemptFailureCode, string, string]>([
  ['unreachable', 'GET', 'next-backend'],
  ['unreachable', 'POST', 'next-backend'],
  ['reset', 'GET', 'next-backend'],
  ['reset', 'PUT', 'next-backend'],
  ['reset', 'POST', 'give-up'],
  ['reset', 'PATCH', 'give-up'],
  ['closed', 'DELETE', 'next-backend'],
  ['closed', 'POST', 'give-up'],
  ['stale', 'GET', 'same-backend'],
  ['stale', 'POST', 'give-up'],
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

it('takes a backend out on a refused or reset connection only', () => {
  expect(isBackendDown(failure('unreachable'))).toBe(true);
  expect(isBackendDown(failure('reset'))).toBe(true);
  expect(isBackendDown(failure('reset', true))).toBe(false);
  expect(isBackendDown(failure('closed'))).toBe(false);
  expect(isBackendDown(failure('stale'))).toBe(false);
});
