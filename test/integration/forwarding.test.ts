import { afterEach, describe, expect, it } from 'vitest';
import { answering, type RawBackend, startRawBackend } from '../support/raw-backend.ts';
import { RawClient } from '../support/raw-client.ts';
import { oneConfig, startEngine, type TestEngine } from '../support/test-engine.ts';

const DATE = 'Date: Tue, 15 Nov 1994 08:12:31 GMT';
const OK = `HTTP/1.1 200 OK\r\n${DATE}\r\nContent-Length: 2\r\n\r\nok`;
const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

async function setUp(
  onData: Parameters<typeof startRawBackend>[0],
  listener = {},
): Promise<{ backend: RawBackend; engine: TestEngine; client: RawClient }> {
  const backend = await startRawBackend(onData);
  const engine = await startEngine(oneConfig([backend.url], {}, listener));
  await engine.settle();
  const client = new RawClient(engine.port);
  stops.push(
    () => backend.stop(),
    () => engine.stop(),
    () => client.close(),
  );
  return { backend, engine, client };
}

const requestsSeen = (backend: RawBackend) =>
  backend.received.filter((text) => !text.includes('switchyard-probe')).join('');

describe('a request and its answer', () => {
  it('pass through, and the answer names the backend', async () => {
    const { backend, client } = await setUp(answering(OK));
    client.send('GET /a?b HTTP/1.1\r\nHost: h\r\nX-One: 1\r\n\r\n');
    const answer = await client.receives('ok');
    expect(answer).toBe(
      `HTTP/1.1 200 OK\r\n${DATE}\r\nContent-Length: 2\r\nX-Forwarded-Server: ${backend.url}\r\n\r\nok`,
    );
    expect(requestsSeen(backend)).toMatch(
      new RegExp(
        '^GET /a\\?b HTTP/1\\.1\\r\\nHost: h\\r\\nX-One: 1\\r\\nX-Forwarded-For: 127\\.0\\.0\\.1\\r\\n' +
          'X-Forwarded-Host: h\\r\\nX-Forwarded-Port: 80\\r\\nX-Forwarded-Proto: http\\r\\n' +
          'CDN-Loop: switchyard-[0-9a-f]{12}\\r\\n\\r\\n$',
      ),
    );
  });

  it('leave the backend unnamed when told to', async () => {
    const { client } = await setUp(answering(OK), { exposeBackend: false });
    client.send('GET / HTTP/1.1\r\nHost: h\r\n\r\n');
    expect(await client.receives('ok')).toBe(OK);
  });

  it('use one connection on each side again and again', async () => {
    const { backend, client } = await setUp(answering(OK));
    for (let count = 1; count <= 5; count++) {
      client.send('GET / HTTP/1.1\r\nHost: h\r\n\r\n');
      await client.receives(new RegExp(`(ok[\\s\\S]*){${count}}`));
    }
    expect(backend.received.filter((text) => text.startsWith('GET'))).toHaveLength(1);
  });

  it('answer pipelined requests in order', async () => {
    const { client } = await setUp((socket, text) => {
      const paths = [...text.matchAll(/GET (\/\d)/g)].map((match) => match[1]);
      const last = paths.at(-1);
      if (!text.endsWith('\r\n\r\n')) return;
      if (text.includes('probe')) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
      // The first is the slowest: order must not depend on speed.
      else
        setTimeout(
          () => socket.write(`HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n${last}`),
          last === '/1' ? 60 : 0,
        );
    });
    client.send([1, 2, 3].map((one) => `GET /${one} HTTP/1.1\r\nHost: h\r\n\r\n`).join(''));
    const answers = await client.receives(/\/3$/);
    expect([...answers.matchAll(/\r\n\r\n(\/\d)/g)].map((match) => match[1])).toEqual(['/1', '/2', '/3']);
  });

  it('come whole from a body sent a byte at a time', async () => {
    const { backend, client } = await setUp((socket, text) => {
      if (text.endsWith('hello') || text.includes('probe')) socket.write(OK);
    });
    for (const byte of 'POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello') {
      client.send(byte);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await client.receives('ok');
    expect(requestsSeen(backend)).toMatch(/Content-Length: 5\r\n[\s\S]*\r\n\r\nhello$/);
  });
});

describe('bodies', () => {
  it('stay chunked both ways, with their trailers', async () => {
    const { backend, client } = await setUp((socket, text) => {
      if (text.includes('probe')) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
      else if (text.endsWith('X-Sum: 1\r\n\r\n')) {
        socket.write(
          'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-T\r\n\r\n3\r\nabc\r\n2;e=1\r\nde\r\n0\r\nX-T: 2\r\n\r\n',
        );
      }
    });
    client.send(
      'POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nTE: trailers\r\n\r\n5\r\nhello\r\n0\r\nX-Sum: 1\r\n\r\n',
    );
    const answer = await client.receives('X-T: 2\r\n\r\n');
    expect(answer).toContain('Transfer-Encoding: chunked\r\n');
    expect(answer).toContain('3\r\nabc\r\n2\r\nde\r\n0\r\nX-T: 2\r\n\r\n');
    expect(requestsSeen(backend)).toMatch(
      /Transfer-Encoding: chunked\r\n[\s\S]*\r\n\r\n5\r\nhello\r\n0\r\nX-Sum: 1\r\n\r\n$/,
    );
  });

  it('that end with the connection become chunked for HTTP/1.1, and plain for HTTP/1.0', async () => {
    const { engine, client } = await setUp((socket, text) => {
      if (text.endsWith('\r\n\r\n')) socket.end('HTTP/1.1 200 OK\r\n\r\nuntil the end');
    });
    client.send('GET / HTTP/1.1\r\nHost: h\r\n\r\n');
    expect(await client.receives('0\r\n\r\n')).toContain('\r\n\r\nd\r\nuntil the end\r\n0\r\n\r\n');
    const old = new RawClient(engine.port);
    stops.push(() => old.close());
    old.send('GET / HTTP/1.0\r\n\r\n');
    const answer = await old.ends();
    expect(answer).toContain('Connection: close\r\n');
    expect(answer).toMatch(/\r\n\r\nuntil the end$/);
  });

  it('are not there for HEAD, 204 and 304', async () => {
    const { client } = await setUp((socket, text) => {
      if (!text.endsWith('\r\n\r\n')) return;
      const status = [...text.matchAll(/GET \/(\d+)/g)].at(-1)?.[1] ?? '200';
      socket.write(
        `HTTP/1.1 ${text.lastIndexOf('HEAD') > text.lastIndexOf('GET') ? 200 : status} X\r\nContent-Length: 9\r\n\r\n`,
      );
    });
    client.send('HEAD / HTTP/1.1\r\nHost: h\r\n\r\n');
    expect(await client.receives(/\r\n\r\n$/)).toContain('Content-Length: 9');
    client.send('GET /304 HTTP/1.1\r\nHost: h\r\n\r\n');
    await client.receives(/304 X[\s\S]*\r\n\r\n$/);
    client.send('GET /204 HTTP/1.1\r\nHost: h\r\n\r\n');
    await client.receives(/204 X[\s\S]*\r\n\r\n$/);
  });
});

describe('interim answers', () => {
  it('100 and 103 reach the client before the final one, and the body waits for 100', async () => {
    const { client } = await setUp((socket, text) => {
      if (text.includes('probe')) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
      else if (text.endsWith('\r\n\r\n')) socket.write('HTTP/1.1 100 Continue\r\n\r\n');
      else if (text.endsWith('body')) socket.write(`HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n${OK}`);
    });
    client.send('POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n');
    await client.receives('HTTP/1.1 100 Continue\r\n\r\n');
    client.send('body');
    const answer = await client.receives('ok');
    expect(answer).toContain('HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK');
  });

  it('a refusal without 100 closes the connection, since the body may or may not follow', async () => {
    const { client } = await setUp((socket, text) => {
      if (text.includes('probe')) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
      else if (text.endsWith('\r\n\r\n')) socket.write('HTTP/1.1 401 No\r\nContent-Length: 0\r\n\r\n');
    });
    client.send('POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n');
    expect(await client.ends()).toMatch(/^HTTP\/1.1 401 No\r\n[\s\S]*Connection: close\r\n/);
  });
});

describe('an upgrade', () => {
  it('becomes a tunnel, early bytes included, closed by either side', async () => {
    const { engine, client } = await setUp((socket, text) => {
      if (text.includes('probe')) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
      else if (text.endsWith('\r\n\r\n'))
        socket.write('HTTP/1.1 101 Go\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\nearly');
      else if (text.endsWith('ping')) socket.write('pong');
      else if (text.endsWith('bye')) socket.end('farewell');
    });
    client.send('GET / HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
    expect(await client.receives('early')).toMatch(
      /^HTTP\/1.1 101 Go\r\n[\s\S]*Upgrade: websocket\r\n[\s\S]*\r\n\r\nearly$/,
    );
    client.send('ping');
    await client.receives('pong');
    expect((await engine.snapshot()).pools[0]?.backends[0]?.counters.inFlight).toBe(1);
    client.send('bye');
    expect(await client.ends()).toMatch(/farewell$/);
    client.close();
    await expect.poll(async () => (await engine.snapshot()).pools[0]?.backends[0]?.counters.inFlight).toBe(0);
  });

  it('that is refused is an answer like any other', async () => {
    const { client } = await setUp(
      answering('HTTP/1.1 426 Upgrade Required\r\nUpgrade: websocket\r\nContent-Length: 2\r\n\r\nno'),
    );
    client.send('GET / HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
    expect(await client.receives('no')).toMatch(/^HTTP\/1.1 426[\s\S]*Upgrade: websocket\r\n/);
    client.send('GET / HTTP/1.1\r\nHost: h\r\n\r\n');
    await client.receives(/no[\s\S]*no$/);
  });

  it('nobody asked for is a 502', async () => {
    const { client } = await setUp((socket, text) => {
      if (text.includes('probe')) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
      else socket.write('HTTP/1.1 101 Go\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
    });
    client.send('GET / HTTP/1.1\r\nHost: h\r\n\r\n');
    await client.receives(/^HTTP\/1.1 502 /);
  });
});
