import { afterEach, describe, expect, it } from 'vitest';
import { MAX_OWNERS, MAX_STRANGERS } from '../../electron/services/control/control-connections.ts';
import { type RunningControlServer, startControlServer } from '../support/control-server.ts';
import { RawClient } from '../support/raw-client.ts';
import { until } from '../support/until.ts';

let control: RunningControlServer;
const clients: RawClient[] = [];

afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  await control.stop();
});

function connect(text = ''): RawClient {
  const client = new RawClient(control.port);
  clients.push(client);
  return text === '' ? client : client.send(text);
}

/** Closed on both sides, and not only half: then what is sent comes back as a reset. */
function isGone(client: RawClient): boolean {
  client.socket.write('x');
  return client.isClosed;
}

const get = (path: string, fields = '') =>
  `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${control.port}\r\nAuthorization: Bearer ${control.token}\r\n${fields}\r\n`;
const HALF_A_HEAD = 'GET /v1/state HTTP/1.1\r\nHost: ';

/** As a program of the owner does it: a connection of its own, and the request at once. */
async function statusForOwner(): Promise<string> {
  const client = connect(get('/metrics', 'Connection: close\r\n'));
  return (await client.receives('\r\n\r\n')).slice(9, 12);
}

describe('connections without the token', () => {
  it.each([
    ['say nothing', ''],
    ['send half a head', HALF_A_HEAD],
    ['send a wrong token, and stay', 'GET / HTTP/1.1\r\nHost: x\r\n\r\n'],
  ])('that %s end in time, although the other side does not close them', async (_, text) => {
    control = await startControlServer({ requestTimeoutMs: 200 });
    const client = connect(text);
    await until('the connection is gone', () => isGone(client));
  });

  it('that do not read their responses end too', async () => {
    control = await startControlServer({ requestTimeoutMs: 200 });
    const client = connect();
    client.socket.pause();
    client.send('GET / HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(20_000));
    await until('the connection is gone', () => isGone(client));
  });

  it('take no place from somebody who has it', async () => {
    control = await startControlServer({ requestTimeoutMs: 60_000 });
    const silent = Array.from({ length: MAX_STRANGERS + 20 }, (_, index) =>
      connect(index % 2 === 0 ? '' : HALF_A_HEAD),
    );
    await until('the oldest made room', () => silent.slice(0, 20).every(isGone));
    expect(silent.slice(20).filter(({ isEnded }) => isEnded)).toEqual([]);
    for (let times = 0; times < 3; times++) expect(await statusForOwner()).toBe('200');
  });

  it('do not delay the end of the server', async () => {
    control = await startControlServer({ requestTimeoutMs: 60_000 });
    const client = connect(HALF_A_HEAD);
    await until('it is connected', () => client.socket.readyState === 'open');
    expect(await statusForOwner()).toBe('200');
    const start = performance.now();
    await control.server.stop();
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});

describe('connections with the token', () => {
  it('outlive the time that others have, and are not the ones to make room', async () => {
    control = await startControlServer({ requestTimeoutMs: 200 });
    const reader = connect(get('/v1/events'));
    await reader.receives(': switchyard\n\n');
    const silent = Array.from({ length: MAX_STRANGERS + 5 }, () => connect());
    await until('strangers come and go', () => silent.every(({ isClosed, isEnded }) => isClosed || isEnded));
    expect([reader.isEnded, reader.isClosed]).toEqual([false, false]);
    await control.server.stop();
    await reader.ends();
  });

  it('have an end to their number, which is said; one that leaves makes room', async () => {
    control = await startControlServer({ requestTimeoutMs: 60_000 });
    const known = Array.from({ length: MAX_OWNERS }, () => connect(get('/metrics')));
    for (const client of known) await client.receives('HTTP/1.1 200');
    const another = connect(get('/metrics'));
    expect(await another.ends()).toMatch(/^HTTP\/1\.1 503 .*"code":"too-many-connections"/s);
    known[0]?.close();
    await until('there is room', async () => (await statusForOwner()) === '200');
  });
});
