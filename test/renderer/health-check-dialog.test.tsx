import { cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { filled, formOf, writtenOf } from '../../renderer/features/health/health-check-form.ts';
import { fail, ok } from '../../shared/calls/result.ts';
import type { ConfigFailure } from '../../shared/config/config-document.ts';
import {
  healthCheckSchema,
  serverHealthCheckSchema,
  withOwn,
} from '../../shared/config/health-check-schema.ts';
import { backend, snapshotOf } from './fake-api.ts';
import { openApp } from './open-app.tsx';

vi.mock('uplot', () => ({
  default: class {
    setData(): void {}
    setSize(): void {}
    destroy(): void {}
  },
}));
afterEach(cleanup);

async function openDialog(overrides = {}) {
  const fake = await openApp(snapshotOf([backend('a'), backend('b')]), overrides);
  await userEvent.click(screen.getByRole('button', { name: 'checked every 2 s' }));
  return { fake, dialog: within(await screen.findByRole('dialog', { name: 'Health checks' })) };
}

describe('the form of a check', () => {
  it.each([
    {},
    { type: 'off' },
    { type: 'tcp', interval: '500ms', fall: 3 },
    { type: 'grpc', service: 'users.v1', timeout: '3s' },
    {
      method: 'GET',
      path: '/health',
      headers: { Authorization: 'Bearer a:b', 'X-Probe': '1' },
      expectedStatus: ['200-299', '401'],
      bodyContains: ' ok ',
      followRedirects: true,
      interval: '1m30s',
      downInterval: '1s',
      jitter: '100ms',
      startDelay: '5s',
      rise: 2,
      fall: 3,
    },
  ])('writes %j as it was read', (written) => {
    expect(writtenOf(formOf(healthCheckSchema.parse(written)))).toEqual(written);
  });

  it('leaves what is no number for the schema to complain of', () => {
    const form = { ...formOf(healthCheckSchema.parse({})), rise: 'two', expectedStatus: 'fine' };
    expect(writtenOf(form)).toEqual({ rise: 'two', expectedStatus: 'fine' });
  });
});

describe('the form of a check of its own', () => {
  const pools = healthCheckSchema.parse({
    method: 'GET',
    path: '/health',
    interval: '5s',
    followRedirects: true,
  });

  it.each([
    {},
    { path: '/ready' },
    { type: 'tcp', fall: 3 },
    { method: 'HEAD', followRedirects: false, timeout: '250ms' },
  ])("writes %j over its pool's as it was read", (written) => {
    const own = serverHealthCheckSchema.parse(written);
    expect(writtenOf(formOf(withOwn(pools, own), pools), pools)).toEqual(written);
  });

  it("has its pool's settings where it has none, for a probe to be tried", () => {
    const form = formOf(withOwn(pools, serverHealthCheckSchema.parse({ path: '/ready' })), pools);
    expect(form.interval).toBe('');
    expect(writtenOf(filled(form, pools))).toEqual({
      method: 'GET',
      path: '/ready',
      interval: '5s',
      followRedirects: true,
    });
  });
});

describe('the dialog', () => {
  it('saves the whole check, and shows a refusal at its field', async () => {
    const failure: ConfigFailure = {
      code: 'invalid',
      issues: [
        {
          path: 'p.healthCheck.path',
          keys: ['pools', 'p', 'healthCheck', 'path'],
          message: 'must be a path',
        },
      ],
    };
    const { fake, dialog } = await openDialog({
      editConfig: async (argument: unknown) => {
        fake.calls.push(['editConfig', argument]);
        return fail(failure);
      },
    });
    await userEvent.type(dialog.getByLabelText('Path'), 'health');
    await userEvent.selectOptions(dialog.getByLabelText('Method'), 'GET');
    await userEvent.click(dialog.getByRole('button', { name: 'Save' }));
    expect(await dialog.findByText('must be a path')).toBeTruthy();
    expect(dialog.getByLabelText('Path').getAttribute('aria-invalid')).toBe('true');
    expect(fake.calls.at(-1)).toEqual([
      'editConfig',
      {
        edit: { kind: 'set-health-check', pool: 'users', healthCheck: { method: 'GET', path: 'health' } },
        revision: 1,
      },
    ]);
  });

  it('tries the probe as it stands in the form, on every backend, and says what it got', async () => {
    const { fake, dialog } = await openDialog({
      tryProbe: async (argument: { backend: string }) => {
        fake.calls.push(['tryProbe', argument]);
        return argument.backend === 'a'
          ? ok({ passed: true, words: 'HEAD /up → 204', durationMs: 3, headers: { server: 'x' } })
          : fail({ code: 'refused', message: 'path: "up" must start with "/"' });
      },
    });
    await userEvent.type(dialog.getByLabelText('Path'), '/up');
    expect(await dialog.findByText('passes: HEAD /up → 204, 3.0 ms')).toBeTruthy();
    expect(dialog.getByText('not tried: path: "up" must start with "/"')).toBeTruthy();
    expect(dialog.getByText('The answer')).toBeTruthy();
    // On a busy machine a slow hand is tried half-way too.
    await waitFor(() => {
      const tried = fake.calls.filter(([name]) => name === 'tryProbe').slice(-2);
      expect(tried.map(([, argument]) => argument)).toEqual([
        { pool: 'users', backend: 'a', healthCheck: { path: '/up' } },
        { pool: 'users', backend: 'b', healthCheck: { path: '/up' } },
      ]);
    });
  });

  it('takes over a path that would pass', async () => {
    const { dialog } = await openDialog({
      tryProbe: async () =>
        ok({ passed: false, words: 'HEAD / answered 404', durationMs: 3, suggestedPath: '/healthz' }),
    });
    await userEvent.click(
      (await dialog.findAllByRole('button', { name: 'Use /healthz' }))[0] ?? document.body,
    );
    expect(dialog.getByLabelText('Path')).toHaveProperty('value', '/healthz');
  });

  it('is for one backend alone when opened from its row, over what its pool says', async () => {
    const fake = await openApp(snapshotOf([backend('a'), backend('b')]), {
      editConfig: async (argument: unknown) => {
        fake.calls.push(['editConfig', argument]);
        return ok({ text: '{}', revision: 2, path: '/c.json', isDemo: false, fileIssues: [], toAllow: [] });
      },
      tryProbe: async (argument: unknown) => {
        fake.calls.push(['tryProbe', argument]);
        return ok({ passed: true, words: 'HEAD /ready → 200', durationMs: 1 });
      },
    });
    await userEvent.click(screen.getByRole('button', { name: 'More for b' }));
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Health checks of its own…' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Health checks of b' }));
    await userEvent.type(dialog.getByLabelText('Path'), '/ready');
    await dialog.findByText('passes: HEAD /ready → 200, 1.0 ms');
    await waitFor(() =>
      expect(fake.calls.at(-1)).toEqual([
        'tryProbe',
        { pool: 'users', backend: 'b', healthCheck: { path: '/ready' } },
      ]),
    );
    await userEvent.click(dialog.getByRole('button', { name: 'Save' }));
    expect(fake.calls.at(-1)).toEqual([
      'editConfig',
      {
        edit: {
          kind: 'set-server-health-check',
          pool: 'users',
          backend: 'b',
          healthCheck: { path: '/ready' },
        },
        revision: 1,
      },
    ]);
  });

  it('has for each kind what that kind needs, and nothing to try when checks are off', async () => {
    const { dialog } = await openDialog();
    await userEvent.click(dialog.getByRole('button', { name: 'gRPC' }));
    expect(dialog.getByLabelText('Service')).toBeTruthy();
    expect(dialog.queryByLabelText('Path')).toBeNull();
    await userEvent.click(dialog.getByRole('button', { name: 'Off' }));
    expect(dialog.queryByText('What does this probe get right now?')).toBeNull();
    expect(dialog.queryByLabelText('Interval')).toBeNull();
  });
});
