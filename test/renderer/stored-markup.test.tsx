import { act, cleanup, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ok } from '../../shared/calls/result.ts';
import { backend, snapshotOf } from './fake-api.ts';
import { openApp } from './open-app.tsx';
import { giveSize, line, openRequests, record } from './open-requests.tsx';

vi.mock('uplot', () => ({
  default: class {
    setData(): void {}
    setSize(): void {}
    destroy(): void {}
  },
}));
beforeEach(giveSize);
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

/** Each leaves an element of its own, if it is taken for markup. */
const MARKUP = `</title><script id="owned">owned()</script><img id="owned" src=x onerror="owned()"><svg id="owned" onload=owned()><a id="owned" href="javascript:owned()">x</a>`;

function expectTextOnly(): void {
  expect(document.querySelectorAll('#owned, script, [onerror], [onload], [href^="javascript"]')).toHaveLength(
    0,
  );
  expect(document.body.textContent).toContain(MARKUP);
}

const hostile = () =>
  snapshotOf(
    [
      backend(MARKUP, {
        url: `http://h/${MARKUP}`,
        health: { health: 'down', reason: MARKUP, since: 0 },
        ejection: null,
        probes: [{ at: 0, passed: false, durationMs: 1, words: MARKUP }],
        faults: [],
      }),
      backend('b'),
    ],
    {
      listeners: [
        {
          ...(snapshotOf([]).listeners[0] as never as object),
          name: MARKUP,
          url: `http://localhost:8080/${MARKUP}`,
          state: { kind: 'failed', reason: MARKUP },
        } as never,
      ],
      events: [{ kind: 'admin', pool: 'users', backend: MARKUP, state: 'disabled', id: 1, at: 0 } as never],
    },
  );

describe('markup in what others have written is shown as text', () => {
  it('in names, URLs, reasons and events', async () => {
    await openApp(hostile());
    expectTextOnly();
  });

  it.each(['Requests', 'Config', 'Settings'])('on the screen %s', async (name) => {
    await openApp(hostile());
    await userEvent.click(screen.getByRole('button', { name }));
    await screen.findByRole('heading', { name });
    expectTextOnly();
  });

  it('in a request: its line, its headers, why it went where it went, and why it failed', async () => {
    const head = `GET /${MARKUP} HTTP/1.1\r\nHost: ${MARKUP}\r\nX-A: ${MARKUP}\r\n`;
    const response = `HTTP/1.1 200 ${MARKUP}\r\nServer: ${MARKUP}\r\n`;
    const exchange = record(1, {
      target: `/${MARKUP}`,
      method: 'GET',
      backend: MARKUP,
      heads: { request: head, forwarded: head, answer: response },
      attempts: record(1).attempts.map((one) => ({
        ...one,
        backend: MARKUP,
        failure: one.failure === null ? null : MARKUP,
        why: one.why && { ...one.why, words: MARKUP },
      })),
    });
    await openRequests([line(1, { target: `/${MARKUP}`, backend: MARKUP })], async () => ok(exchange));
    expectTextOnly();
    await userEvent.click(screen.getByRole('button', { name: /^GET \/<\/title>/ }));
    const detail = within(await screen.findByRole('region', { name: 'Request' }));
    await detail.findAllByText((text) => text.includes('owned()'));
    expectTextOnly();
  });

  it('in what a process writes', async () => {
    const instance = { pool: 'users', name: 'a', state: 'running' as const, reason: null, port: 1, pid: 2 };
    const fake = await openApp(snapshotOf([backend('a')]), {
      processOutput: async () => [{ id: 1, stream: 'stdout', text: MARKUP }],
    });
    act(() =>
      fake.push('process:changed', {
        commands: [{ pool: 'users', name: MARKUP, wanted: 1 }],
        instances: [instance],
      }),
    );
    await userEvent.click(await screen.findByRole('button', { name: 'Output of a' }));
    await screen.findByText(MARKUP);
    expectTextOnly();
  });

  it('in messages of main', async () => {
    const fake = await openApp(snapshotOf([backend('a')]));
    act(() => fake.push('app:notice', MARKUP));
    act(() =>
      fake.push('config:changed', {
        text: `{ "servers": ["${MARKUP}"] }`,
        revision: 2,
        path: `/tmp/${MARKUP}.json`,
        isDemo: false,
        fileIssues: [{ path: MARKUP, keys: [], message: MARKUP }],
        toAllow: [],
      }),
    );
    await userEvent.click(screen.getByRole('button', { name: /^Config/ }));
    await screen.findByRole('heading', { name: 'Config' });
    expectTextOnly();
  });
});
