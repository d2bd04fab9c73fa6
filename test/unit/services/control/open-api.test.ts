import { readFileSync } from 'node:fs';
import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import { NO_PROCESSES } from '../../../../electron/cli/served-processes.ts';
import { Engine } from '../../../../electron/engine/core/engine.ts';
import { createApi, EVENTS } from '../../../../electron/services/control/api.ts';
import { API_FILE, OpenApi, type Said } from '../../../support/open-api.ts';

const api = new OpenApi();

describe('the OpenAPI document', () => {
  it('is one, of version 3.1', async () => {
    const validator = new Validator();
    expect(await validator.validate(readFileSync(API_FILE, 'utf8'))).toEqual({ valid: true });
    expect(validator.version).toBe('3.1');
  });

  it('describes every call there is, and no other', () => {
    const engine = new Engine(() => undefined);
    const never = () => Promise.reject(new Error('not asked'));
    const scenarios = { all: [], progress: null, play: never, stop: never };
    const desk = { current: () => ({ text: '', revision: '', path: null }), replace: never, reload: never };
    const calls = [
      ...createApi({ engine, desk, scenarios, processes: NO_PROCESSES, version: '0' }),
      EVENTS,
    ].map(({ method, path }) => `${method} ${path}`);
    expect(calls.sort()).toEqual(api.operations().sort());
  });
});

describe('an answer held against it', () => {
  const config = { text: '', revision: 'r', path: null };
  const problem = { type: 'about:blank', title: 'Gone', status: 412, detail: 'd', code: 'conflict' };
  const said = (change: Partial<Said>): Said => ({
    method: 'PUT',
    path: '/v1/config',
    status: 200,
    type: 'application/json',
    body: JSON.stringify(config),
    ...change,
  });
  const asProblem = { type: 'application/problem+json' };

  it('passes when it is as described', () => {
    api.check(said({}));
    api.check(said({ ...asProblem, status: 412, body: JSON.stringify(problem) }));
  });

  it.each<[string, Partial<Said>]>([
    ['a field too many', { body: JSON.stringify({ ...config, more: 1 }) }],
    ['a field too few', { body: JSON.stringify({ text: '' }) }],
    ['another type', { type: 'text/plain' }],
    ['a status there is not', { status: 201 }],
    ['a problem that lies about its status', { ...asProblem, status: 409, body: JSON.stringify(problem) }],
    [
      'a problem without issues',
      { ...asProblem, status: 422, body: JSON.stringify({ ...problem, status: 422 }) },
    ],
    ['no problem where there is nothing', { path: '/v1/x', status: 404 }],
  ])('does not when it has %s', (_name, change) => {
    expect(() => api.check(said(change))).toThrow();
  });
});
