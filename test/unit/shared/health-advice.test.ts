import { describe, expect, it } from 'vitest';
import { healthAdvice, withAdvice } from '../../../shared/text/health-advice.ts';
import { type HealthCause, mayRespond } from '../../../shared/view/health-cause.ts';

describe('healthAdvice', () => {
  it.each([400, 401, 403, 404, 405, 426, 429, 500, 503])('says what to do about %i', (status) => {
    expect(healthAdvice({ kind: 'status', status })).toMatch(/^[A-Z].*\.$/);
  });

  it.each(['refused', 'unreachable', 'closed', 'reset', 'timeout', 'not-http', 'body'] as const)(
    'says what to do about %s',
    (kind) => {
      expect(healthAdvice({ kind })).toMatch(/^[A-Z].*\.$/);
    },
  );

  it('names the path that would pass', () => {
    const cause: HealthCause = { kind: 'status', status: 404, suggestedPath: '/health' };
    expect(withAdvice('HEAD / answered 404', cause)).toBe(
      'HEAD / answered 404. Set "path": "/health" in the health check: it responds.',
    );
  });

  it('leaves a reason alone that says it all', () => {
    expect(withAdvice('its certificate has expired', { kind: 'certificate' })).toBe(
      'its certificate has expired',
    );
    expect(withAdvice('not checked', undefined)).toBe('not checked');
  });
});

describe('mayRespond', () => {
  it.each<[HealthCause, boolean]>([
    [{ kind: 'status', status: 500 }, true],
    [{ kind: 'timeout' }, true],
    [{ kind: 'closed' }, true],
    [{ kind: 'refused' }, false],
    [{ kind: 'unreachable' }, false],
    [{ kind: 'not-tls' }, false],
    [{ kind: 'not-http' }, false],
    [{ kind: 'loop' }, false],
  ])('%j: %s', (cause, expected) => {
    expect(mayRespond(cause)).toBe(expected);
  });
});
