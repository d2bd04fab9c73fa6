import { cleanup, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { addToLog, EMPTY_LOG, thinned } from '../../renderer/stores/request-log.ts';
import { giveSize, line, openRequests } from './open-requests.tsx';

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

const rows = () =>
  within(screen.getByRole('list', { name: 'Requests, newest last' }))
    .getAllByRole('button')
    .map((row) => row.firstElementChild?.textContent);

describe('the log', () => {
  it('shows what the engine holds and what comes, and is told of no more when it is left', async () => {
    const { fake, push } = await openRequests([line(1)]);
    push({ lines: [line(2, { status: 502, backend: null, tries: 2 })], skipped: 0 });
    expect(rows()).toEqual([
      'GET /r1, answered 200 by a in 1.5 ms',
      'GET /r2, answered 502 by Switchyard in 1.5 ms, 2 tries',
    ]);
    await userEvent.click(screen.getByRole('button', { name: 'Config' }));
    expect(fake.calls.filter(([name]) => name === 'showLog').map(([, shown]) => shown)).toEqual([
      true,
      false,
    ]);
  });

  it('filters by every word, by outcome and by backend, and can show all again', async () => {
    await openRequests([
      line(1),
      line(2, { method: 'POST', target: '/orders', status: 503, backend: null }),
      line(3, { target: '/orders', backend: 'b', tries: 2 }),
    ]);
    await userEvent.keyboard('/');
    await userEvent.keyboard('orders post');
    expect(rows()).toHaveLength(1);
    await userEvent.clear(screen.getByRole('searchbox', { name: 'Filter requests' }));
    await userEvent.click(screen.getByRole('button', { name: 'Failed' }));
    expect(rows()).toEqual(['POST /orders, answered 503 by Switchyard in 1.5 ms']);
    await userEvent.click(screen.getByRole('button', { name: 'Tried again' }));
    expect(rows()).toEqual(['GET /orders, answered 200 by b in 1.5 ms, 2 tries']);
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Backend' }), 'a');
    expect(screen.getByText('No request passes this filter.')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Show all' }));
    expect(rows()).toHaveLength(3);
  });

  it('finds what Switchyard refused by its cause, and what was not a request by those words', async () => {
    const own = { pool: null, backend: null };
    await openRequests([
      line(1),
      line(2, { ...own, status: 431, refused: 'head-too-large' }),
      line(3, { ...own, method: '', target: '', status: 400, refused: 'speaks-tls' }),
    ]);
    await userEvent.keyboard('/');
    await userEvent.keyboard('too-large');
    expect(rows()).toEqual(['GET /r2, answered 431 by Switchyard in 1.5 ms']);
    await userEvent.clear(screen.getByRole('searchbox', { name: 'Filter requests' }));
    await userEvent.keyboard('readable');
    expect(rows()).toEqual(['not a readable request, answered 400 by Switchyard in 1.5 ms']);
    await userEvent.clear(screen.getByRole('searchbox', { name: 'Filter requests' }));
    await userEvent.click(screen.getByRole('button', { name: 'Failed' }));
    expect(rows()).toHaveLength(2);
  });

  it('stands still while paused, and counts what comes meanwhile', async () => {
    const { push } = await openRequests([line(1)]);
    await userEvent.click(screen.getByRole('button', { name: 'Pause' }));
    push({ lines: [line(2), line(3)], skipped: 0 });
    expect(rows()).toHaveLength(1);
    expect(screen.getByText('2 new')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Go on' }));
    expect(rows()).toHaveLength(3);
  });

  it('says when not all of them are shown', async () => {
    const { push } = await openRequests([line(1)]);
    push({ lines: [line(2)], skipped: 2_499 });
    expect(screen.getByText('showing 1 of 2,500 a second')).toBeTruthy();
  });

  it('offers to send traffic while there is nothing', async () => {
    await openRequests([]);
    await userEvent.click(screen.getByRole('button', { name: 'Send traffic' }));
    expect(screen.getByRole('heading', { name: 'Backends' })).toBeTruthy();
  });
});

describe('what the filter shows', () => {
  it('is exported as HAR, with secrets only when they are asked for', async () => {
    const { fake } = await openRequests([line(1), line(2, { target: '/other' }), line(3)]);
    await userEvent.type(screen.getByRole('searchbox', { name: 'Filter requests' }), '/r');
    await userEvent.click(screen.getByRole('button', { name: 'Export what is shown as HAR' }));
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Export 2 requests as HAR…' }));
    expect(await screen.findByText('2 requests written to /tmp/log.har.')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Export what is shown as HAR' }));
    await userEvent.click(await screen.findByRole('menuitem', { name: /with credentials/ }));
    expect(fake.calls.filter(([name]) => name === 'exportHar').map(([, argument]) => argument)).toEqual([
      { ids: [1, 3], withSecrets: false },
      { ids: [1, 3], withSecrets: true },
    ]);
  });
});

describe('the lines the window keeps', () => {
  it('start over with an engine that counts anew', () => {
    const before = addToLog(EMPTY_LOG, { lines: [line(8), line(9)], skipped: 0 });
    expect(addToLog(before, { lines: [line(1)], skipped: 0 }).lines.map(({ id }) => id)).toEqual([1]);
  });

  it('are as many as the engine remembers', () => {
    const many = Array.from({ length: 5_100 }, (_, at) => line(at + 1));
    expect(addToLog(EMPTY_LOG, { lines: many, skipped: 0 }).lines.length).toBe(5_000);
  });

  it('are all there were until some are left out', () => {
    const whole = addToLog(EMPTY_LOG, { lines: [line(1)], skipped: 0 });
    expect(thinned(whole)).toBeNull();
    let log = addToLog(whole, { lines: [line(2)], skipped: 9 });
    expect(thinned(log)).toEqual({ shown: 2, all: 11 });
    for (let id = 3; id < 7; id++) log = addToLog(log, { lines: [line(id)], skipped: 0 });
    expect(thinned(log)).toBeNull();
  });
});
