import { cleanup, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fail, ok } from '../../shared/calls/result.ts';
import { backend, snapshotOf } from './fake-api.ts';
import { candidate, giveSize, line, openRequests, record } from './open-requests.tsx';

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

describe('a request', () => {
  it('tells what became of it, every attempt, and why each went where it went', async () => {
    await openRequests([line(1)]);
    await userEvent.click(screen.getByRole('button', { name: /^GET \/r1/ }));
    const detail = within(await screen.findByRole('region', { name: 'Request' }));
    expect(
      await detail.findByText(
        'a answered 200 after 1.5 ms; the attempt before it failed, which the client did not see.',
      ),
    ).toBeTruthy();
    expect(detail.getByText('connection refused')).toBeTruthy();
    const second = within(detail.getByRole('region', { name: 'Attempt 2' }));
    expect(second.getByText(/Least connections:/).textContent).toBe(
      'Least connections: a, because it had the fewest requests in flight for its weight.',
    );
    const table = second.getAllByRole('row').map((row) => row.textContent);
    expect(table.slice(1)).toEqual(['a10uppicked', 'b10downdown', 'c110upat its limit of 10']);
  });

  it('says what was repaired in the head of a response', async () => {
    const attempts = record(1).attempts.map((one) => ({ ...one, repairs: ['folded' as const] }));
    await openRequests([line(1)], async () => ok(record(1, { attempts })));
    await userEvent.click(screen.getByRole('button', { name: /^GET \/r1/ }));
    const second = within(await screen.findByRole('region', { name: 'Attempt 2' }));
    expect(second.getByText(/^The backend folded a header value over several lines\./)).toBeTruthy();
  });

  it('says why Switchyard refused it, and which setting decides that', async () => {
    const refusal = {
      code: 'head-too-large' as const,
      message: 'The request head is larger than 16384 bytes. The limit is limits.head of the listener.',
    };
    const heads = { request: 'GET /r1 HTTP/1.1\r\nHost: shop\r\n', forwarded: null, answer: null };
    const change = { status: 431, pool: null, backend: null, attempts: [], heads, refusal };
    await openRequests(
      [line(1, { status: 431, pool: null, backend: null, refused: 'head-too-large' })],
      async () => ok(record(1, change)),
    );
    await userEvent.click(screen.getByRole('button', { name: /^GET \/r1/ }));
    const detail = within(await screen.findByRole('region', { name: 'Request' }));
    expect(await detail.findByText(refusal.message)).toBeTruthy();
    expect(detail.getByText('Switchyard refused it with 431; no pool got it.')).toBeTruthy();
    expect(detail.getByText(':8080 → no pool: refused before routing')).toBeTruthy();
    // Its head may not be all of it: what would be sent or copied would be another request.
    for (const name of ['Send again', 'Copy as cURL'])
      expect(detail.getByRole('button', { name }).hasAttribute('disabled')).toBe(true);
  });

  it('shows what was not a readable request as such', async () => {
    const refusal = { code: 'speaks-tls' as const, message: 'The client speaks TLS.' };
    const heads = { request: '', forwarded: null, answer: 'HTTP/1.1 400 Bad Request\r\n' };
    const change = {
      method: '',
      target: '',
      status: 400,
      pool: null,
      backend: null,
      attempts: [],
      heads,
      refusal,
    };
    const refused = { method: '', target: '', status: 400, pool: null, backend: null, refused: refusal.code };
    await openRequests([line(1, refused)], async () => ok(record(1, change)));
    await userEvent.click(screen.getByRole('button', { name: /^not a readable request, answered 400/ }));
    const detail = within(await screen.findByRole('region', { name: 'Request' }));
    expect(await detail.findByRole('heading', { name: 'Not a readable request' })).toBeTruthy();
    await userEvent.click(detail.getByRole('tab', { name: 'Request' }));
    expect(detail.getByText(/^What came was not a readable request/)).toBeTruthy();
  });

  it('tells of one that nobody could serve why none of them could', async () => {
    const unserved = {
      policy: 'round-robin' as const,
      words: 'No healthy server available',
      candidates: [candidate('a', 'down')],
    };
    const exchange = async () => ok(record(1, { attempts: [], unserved, status: 503, backend: null }));
    await openRequests([line(1)], exchange);
    await userEvent.click(screen.getByRole('button', { name: /^GET \/r1/ }));
    expect(await screen.findByText('Why no backend?')).toBeTruthy();
    expect(screen.getByText('Switchyard answered 503 after 1.5 ms: no backend gave an answer.')).toBeTruthy();
  });

  it('shows its headers on both sides, what was changed between, and secrets only when asked', async () => {
    const heads = {
      request: 'GET /r1 HTTP/1.1\r\nHost: shop\r\nAuthorization: Bearer abc\r\nTE: trailers\r\n',
      forwarded:
        'GET /r1 HTTP/1.1\r\nHost: a:1\r\nAuthorization: Bearer abc\r\nX-Forwarded-For: 127.0.0.1\r\n',
      answer: 'HTTP/1.1 200 OK\r\nSet-Cookie: id=7; Path=/\r\nX-Empty: \r\n',
    };
    await openRequests([line(1)], async () => ok(record(1, { heads })));
    await userEvent.click(screen.getByRole('button', { name: /^GET \/r1/ }));
    const detail = within(await screen.findByRole('region', { name: 'Request' }));
    await userEvent.click(await detail.findByRole('tab', { name: 'Request' }));
    const fields = () => {
      const values = detail.getAllByRole('definition').map(({ textContent }) => textContent);
      return [
        detail
          .getAllByRole('term')
          .map(({ textContent }) => textContent)
          .join(),
        values.join(),
      ];
    };
    expect(fields()).toEqual(['Host,Authorization,TE', 'shop,Bearer ••••••,trailers,not passed on']);
    await userEvent.click(detail.getByRole('switch', { name: 'Reveal credentials and cookies' }));
    await userEvent.click(detail.getByRole('button', { name: 'To a' }));
    expect(fields()).toEqual([
      'Host,Authorization,X-Forwarded-For',
      'a:1,changed here,Bearer abc,127.0.0.1,added here',
    ]);
    await userEvent.click(detail.getByRole('tab', { name: 'Answer' }));
    expect(fields()).toEqual(['Set-Cookie,X-Empty', 'id=7; Path=/,empty']);
    await userEvent.click(detail.getByRole('switch', { name: 'Reveal credentials and cookies' }));
    expect(fields()[1]).toBe('id=••••••; Path=/,empty');
  });

  it('is copied as a command for curl, with secrets only when they are shown', async () => {
    const request =
      'GET /r1 HTTP/1.1\r\nHost: localhost:8080\r\nUser-Agent: x\r\nAccept: */*\r\nCookie: a=1\r\n';
    const heads = { request, forwarded: null, answer: null };
    const { fake } = await openRequests([line(1)], async () => ok(record(1, { heads })));
    await userEvent.click(screen.getByRole('button', { name: /^GET \/r1/ }));
    const button = await screen.findByRole('button', { name: 'Copy as cURL' });
    await userEvent.click(button);
    expect(screen.getByText('cURL command without its credentials copied.')).toBeTruthy();
    await userEvent.click(screen.getByRole('switch', { name: 'Reveal credentials and cookies' }));
    await userEvent.click(button);
    expect(screen.getByText('cURL command copied.')).toBeTruthy();
    const command = (cookie: string) =>
      ['curl http://localhost:8080/r1', "-H 'User-Agent: x'", "-H 'Accept: */*'", `-H '${cookie}'`].join(
        ' \\\n  ',
      );
    expect(fake.calls.filter(([name]) => name === 'copy').map(([, copied]) => copied)).toEqual([
      { text: command('Cookie: a=REDACTED') },
      { text: command('Cookie: a=1') },
    ]);
  });

  it('shows its bodies where they were captured, and else offers to', async () => {
    const bytes = new TextEncoder().encode('{"a":1}');
    const captured = { bytes, decoded: null, codings: [], isWhole: true };
    const bodies = {
      request: captured,
      answer: { ...captured, bytes: bytes.subarray(0, 4), isWhole: false },
    };
    const found = [record(1, { bytesIn: 7, bytesOut: 60 }), record(1, { bytesIn: 7, bytesOut: 60, bodies })];
    const { fake } = await openRequests([line(1), line(2)], async () => ok(found.shift() ?? record(1)));
    await userEvent.click(screen.getByRole('button', { name: /^GET \/r1/ }));
    await userEvent.click(await screen.findByRole('tab', { name: 'Request' }));
    await userEvent.click(screen.getByRole('button', { name: 'Capture bodies of users' }));
    await userEvent.click(screen.getByRole('button', { name: 'Bodies: off' }));
    await userEvent.click(await screen.findByRole('menuitemcheckbox', { name: 'users' }));
    await userEvent.keyboard('{Escape}');
    const switched = { pool: 'users', isOn: true };
    expect(fake.calls.slice(-2)).toEqual([
      ['setCapture', switched],
      ['setCapture', switched],
    ]);
    await userEvent.click(screen.getByRole('button', { name: /^GET \/r2/ }));
    expect((await screen.findByText(/"a": 1/)).textContent).toBe('{\n  "a": 1\n}');
    await userEvent.click(screen.getByRole('tab', { name: 'Answer' }));
    expect(screen.getByText('the first 4 B of it')).toBeTruthy();
  });

  it('is sent again, and what came of that is shown', async () => {
    const ids: number[] = [];
    const exchange = (async ({ id }: { id: number }) => {
      ids.push(id);
      return ok(record(id, { target: `/r${id}` }));
    }) as never;
    const { fake } = await openRequests([line(1)], exchange);
    await userEvent.click(screen.getByRole('button', { name: /^GET \/r1/ }));
    await userEvent.click(await screen.findByRole('button', { name: 'Send again' }));
    expect(await screen.findByRole('heading', { name: 'GET /r2' })).toBeTruthy();
    expect(fake.calls).toContainEqual(['sendAgain', { id: 1, backend: null }]);
    expect(ids).toEqual([1, 2]);
    expect(screen.queryByRole('button', { name: /backend of your choice/ })).toBeNull();
  });

  it('is sent to a backend of choice where its listener lets it, or says why not', async () => {
    const open = snapshotOf([backend('a'), backend('b')]);
    const listeners = open.listeners.map((one) => ({ ...one, isRehearsal: true }));
    const asked: unknown[] = [];
    await openRequests([line(1)], async () => ok(record(1)), {
      snapshot: { ...open, listeners },
      sendAgain: async (argument) => {
        asked.push(argument);
        return fail({
          code: 'refused',
          message: 'It cannot be sent again: its body (2 bytes) was not captured.',
        });
      },
    });
    await userEvent.click(screen.getByRole('button', { name: /^GET \/r1/ }));
    await userEvent.click(
      await screen.findByRole('button', { name: 'Send again to a backend of your choice' }),
    );
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Send to b' }));
    expect(await screen.findByText(/its body \(2 bytes\) was not captured/)).toBeTruthy();
    expect(asked).toEqual([{ id: 1, backend: 'b' }]);
  });

  it('whose headers were not kept says so', async () => {
    await openRequests([line(1)]);
    await userEvent.click(screen.getByRole('button', { name: /^GET \/r1/ }));
    await userEvent.click(await screen.findByRole('tab', { name: 'Answer' }));
    expect(screen.getByText(/^Its headers are not known/)).toBeTruthy();
    expect(screen.queryByRole('switch', { name: /^Reveal/ })).toBeNull();
  });

  it('that is forgotten says so; Escape closes it, and arrows go on to the next', async () => {
    const exchange = async () =>
      fail({ code: 'refused' as const, message: 'Request 1 is not remembered any more.' });
    await openRequests([line(1), line(2)], exchange as never);
    await userEvent.click(screen.getByRole('button', { name: /^GET \/r1/ }));
    expect((await screen.findByRole('alert')).textContent).toBe('Request 1 is not remembered any more.');
    await userEvent.keyboard('{ArrowDown}');
    expect(screen.getByRole('button', { name: /^GET \/r2/ }).getAttribute('aria-current')).toBe('true');
    await userEvent.keyboard('{Escape}');
    expect(screen.queryByRole('region', { name: 'Request' })).toBeNull();
  });

  it('is gone to by keyboard: one stop in the log, the selected line has the focus, and gets it back', {
    timeout: 20_000,
  }, async () => {
    const lines = Array.from({ length: 40 }, (_, at) => line(at + 1));
    await openRequests(lines, (async ({ id }: { id: number }) => ok(record(id))) as never);
    const list = screen.getByRole('list', { name: 'Requests, newest last' });
    const stops = () =>
      within(list)
        .getAllByRole('button')
        .filter(({ tabIndex }) => tabIndex === 0);
    expect(stops()).toHaveLength(1);
    const [first] = within(list).getAllByRole('listitem');
    expect(first?.getAttribute('aria-setsize')).toBe('40');
    stops()[0]?.focus();
    await userEvent.keyboard('{Home}');
    const focused = () => document.activeElement?.firstElementChild?.textContent ?? '';
    await vi.waitFor(() => expect(focused()).toMatch(/^GET \/r1,/));
    await userEvent.keyboard('{ArrowDown}{ArrowDown}');
    await vi.waitFor(() => expect(focused()).toMatch(/^GET \/r3,/));
    expect(stops()).toEqual([document.activeElement]);
    await userEvent.keyboard('{PageDown}');
    await screen.findByRole('heading', { name: 'GET /r23' });
    await userEvent.keyboard('{Home}');
    (await screen.findByRole('tab', { name: 'Request' })).focus();
    await userEvent.keyboard('{Escape}');
    await vi.waitFor(() => expect(list.contains(document.activeElement)).toBe(true));
  });
});
