import { createServer, type RequestListener } from 'node:http';
import { createServer as createNetServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { TrafficRun } from '../../electron/services/traffic/traffic-run.ts';
import { latencyBucket, type TrafficPlan, type TrafficProgress } from '../../shared/view/traffic.ts';
import { until } from '../support/until.ts';

const sockets = new Set<Socket>();
const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

async function listen(server: Server, host = '127.0.0.1'): Promise<string> {
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, host, resolve));
  stops.push(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

const serve = (answer: RequestListener) => listen(createServer(answer));

function generate(url: string, load: TrafficPlan['load'], changes: Partial<TrafficPlan> = {}) {
  const plan: TrafficPlan = {
    listener: 'l',
    pool: 'p',
    method: 'GET',
    headers: [],
    body: '',
    paths: [{ path: '/', weight: 1 }],
    load,
    ...changes,
  };
  const told: TrafficProgress[] = [];
  const run = new TrafficRun({ plan, url, tls: null }, (progress) => told.push(progress));
  stops.push(() => run.stop());
  run.start();
  const last = () => told.at(-1);
  const done = () => until('the run is over', () => (last()?.state === 'running' ? null : last()), 20_000);
  return { run, told, last, done };
}

const count = (requests: number, concurrency: number) => ({ kind: 'count', requests, concurrency }) as const;

describe('a number of requests', () => {
  it('sends exactly so many, so many at a time, over connections it keeps', async () => {
    const held: (() => void)[] = [];
    let most = 0;
    let connections = 0;
    let answered = 0;
    const agents = new Set<string | undefined>();
    const server = createServer((request, response) => {
      agents.add(request.headers['user-agent']);
      held.push(() => {
        response.setHeader('X-Forwarded-Server', `http://b${(answered++ % 2) + 1}`);
        response.end('hello');
      });
      most = Math.max(most, held.length);
      // Nobody is answered before as many as may be are here; the last four are fewer.
      if (held.length === 8 || answered + held.length === 300) for (const one of held.splice(0)) one();
    });
    server.on('connection', () => connections++);
    const url = await listen(server);
    const { told, done } = generate(url, count(300, 8));
    expect(told).toHaveLength(1);
    const end = await done();
    expect(end).toMatchObject({ state: 'done', sent: 300, planned: 300, answers: { '200': 300 } });
    expect(end.latency?.buckets.reduce((sum, one) => sum + one, 0)).toBe(300);
    expect(end.punctuality).toBeNull();
    expect(end.byBackend).toEqual({ 'http://b1': 150, 'http://b2': 150 });
    expect([most, connections]).toEqual([8, 8]);
    expect([...agents]).toEqual(['switchyard-traffic']);
    await expect.poll(() => sockets.size).toBe(0);
  });

  it('sends the method and the path as typed, without a body', async () => {
    const seen: string[] = [];
    const url = await serve((request, response) => {
      seen.push(`${request.method} ${request.url} ${request.headers['content-length'] ?? '-'}`);
      response.end();
    });
    for (const method of ['HEAD', 'POST'] as const) {
      const { done } = generate(url, count(1, 1), { method, paths: [{ path: '/a/../b?x="1"', weight: 1 }] });
      await done();
    }
    expect(seen).toEqual(['HEAD /a/../b?x="1" -', expect.stringMatching(/^POST \/a\/\.\.\/b\?x="1" (-|0)$/)]);
  });

  it('asks for the host of a route, at the port it is sent to', async () => {
    const seen: (string | undefined)[] = [];
    const url = await serve((request, response) => {
      seen.push(request.headers.host);
      response.end();
    });
    for (const changes of [{ host: 'users.localhost' }, {}]) {
      const { done } = generate(url, count(1, 1), changes);
      await done();
    }
    const { port } = new URL(url);
    expect(seen).toEqual([`users.localhost:${port}`, `127.0.0.1:${port}`]);
  });

  it('reaches a listener on IPv6', async () => {
    const url = await listen(
      createServer((_request, response) => response.end()),
      '::1',
    );
    const { done } = generate(url, count(2, 1));
    expect((await done()).answers).toEqual({ '200': 2 });
  });

  it.each<[string, (socket: Socket) => void, Record<string, number>]>([
    ['resets', (socket) => socket.resetAndDestroy(), { 'connection reset': 3 }],
    ['hangs up', (socket) => socket.end(), { 'connection closed without an answer': 3 }],
    [
      'cuts its answer short',
      (socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhe'),
      { 'answer cut short': 3 },
    ],
    [
      'ends its answer by closing',
      (socket) => socket.end('HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nhello'),
      { '200': 3 },
    ],
    [
      'switches protocols unasked',
      (socket) => socket.write('HTTP/1.1 101 X\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n'),
      { 'connection closed without an answer': 3 },
    ],
  ])('ends when the server %s', async (_name, act, answers) => {
    const url = await listen(createNetServer((socket) => socket.on('data', () => act(socket))));
    const { done } = generate(url, count(3, 2));
    expect((await done()).answers).toEqual(answers);
  });

  it('says that nobody listens', async () => {
    const url = await serve(() => undefined);
    await stops.pop()?.();
    const { done } = generate(url, count(4, 2));
    expect((await done()).answers).toEqual({ 'connection refused': 4 });
  });
});

describe('a steady rate', () => {
  it('sends on schedule however late the answers are', async () => {
    let arrived = 0;
    const url = await serve(() => {
      arrived++;
    });
    const { last } = generate(url, { kind: 'rate', perSecond: 100, durationMs: 500 });
    await until('all have arrived', () => arrived === 50);
    await until('progress says so', () => last()?.sent === 50);
    expect(last()).toMatchObject({ state: 'running', planned: 50, answers: {} });
    expect(last()?.elapsedMs).toBeGreaterThanOrEqual(485);
  });

  it('ends when the last answer has come', async () => {
    const url = await serve((_request, response) => response.end());
    const { done } = generate(url, { kind: 'rate', perSecond: 50, durationMs: 300 });
    expect(await done()).toMatchObject({ sent: 15, answers: { '200': 15 } });
  });

  it('a stall is in the latency of all that were due meanwhile', async () => {
    const held: (() => void)[] = [];
    let isStalled = true;
    const url = await serve((_request, response) => {
      if (isStalled) held.push(() => response.end());
      else response.end();
    });
    const { last, done } = generate(url, { kind: 'rate', perSecond: 100, durationMs: 1_000 });
    await until('the stall has lasted', () => (last()?.elapsedMs ?? 0) > 600);
    isStalled = false;
    for (const one of held) one();
    const { answers, latency } = await done();
    expect(answers).toEqual({ '200': 100 });
    // Due in the first half second, answered after more than 600 ms.
    const slow = latency?.buckets.slice(latencyBucket(100)).reduce((sum, one) => sum + one, 0);
    expect(slow).toBeGreaterThanOrEqual(50);
    expect(latency?.maxMs).toBeGreaterThan(600);
  });

  it('who finds no connection free leaves when one is, and its wait counts', async () => {
    const held: (() => void)[] = [];
    let isStalled = true;
    const url = await serve((_request, response) => {
      if (isStalled) held.push(() => response.end());
      else response.end();
    });
    const { last, done } = generate(url, { kind: 'rate', perSecond: 1_000, durationMs: 400 });
    await until('all connections wait', () => held.length === 256);
    await until('the schedule is over', () => (last()?.elapsedMs ?? 0) > 500);
    expect(last()?.sent).toBe(256);
    isStalled = false;
    for (const one of held) one();
    const { answers, latency, punctuality } = await done();
    expect(answers).toEqual({ '200': 400 });
    expect(punctuality?.heldBack).toBe(144);
    // The last was due 400 ms in, and could not leave before 500.
    expect(latency?.buckets.slice(0, latencyBucket(90)).reduce((sum, one) => sum + one, 0)).toBe(0);
  });

  it('what has not left five seconds after the end of its schedule is counted as not sent', async () => {
    const url = await serve(() => undefined);
    const { last } = generate(url, { kind: 'rate', perSecond: 1_000, durationMs: 400 });
    await until('it is given up', () => last()?.sent === 400, 20_000);
    expect(last()?.elapsedMs).toBeGreaterThan(5_000);
    expect(last()?.answers).toEqual({ 'not sent: all 256 connections were busy': 144 });
  });
});

describe('so many at a time, for so long', () => {
  it('never has fewer waiting until the time is over, then waits for the last', async () => {
    let waiting = 0;
    let most = 0;
    const url = await serve((_request, response) => {
      most = Math.max(most, ++waiting);
      setTimeout(() => {
        waiting--;
        response.end();
      }, 20);
    });
    const { done } = generate(url, { kind: 'concurrency', concurrency: 5, durationMs: 400 });
    const end = await done();
    expect(end.planned).toBeNull();
    expect(end.elapsedMs).toBeGreaterThanOrEqual(400);
    expect(end.answers).toEqual({ '200': end.sent });
    expect(end.sent).toBeGreaterThan(5);
    expect(most).toBe(5);
  });
});

describe('what is sent', () => {
  it('headers and body as written, paths by weight', async () => {
    const seen: string[] = [];
    const bodies: string[] = [];
    const url = await serve((request, response) => {
      seen.push(`${request.url}`);
      let body = '';
      request.setEncoding('utf8').on('data', (text: string) => {
        body += text;
      });
      request.on('end', () => {
        bodies.push(`${request.headers['x-user']} ${request.headers['user-agent']} ${body}`);
        response.end();
      });
    });
    const { done } = generate(url, count(8, 1), {
      method: 'PUT',
      headers: [
        { name: 'X-User', value: '7' },
        { name: 'User-Agent', value: 'me' },
      ],
      body: 'grüezi',
      paths: [
        { path: '/a', weight: 3 },
        { path: '/b', weight: 1 },
      ],
    });
    await done();
    expect(seen).toEqual(['/a', '/a', '/b', '/a', '/a', '/a', '/b', '/a']);
    expect(new Set(bodies)).toEqual(new Set(['7 me grüezi']));
  });

  it('a HEAD leaves its connection open for the next', async () => {
    const server = createServer((_request, response) => response.end('hello'));
    let connections = 0;
    server.on('connection', () => connections++);
    const url = await listen(server);
    const { done } = generate(url, count(5, 1), { method: 'HEAD' });
    expect((await done()).answers).toEqual({ '200': 5 });
    expect(connections).toBe(1);
  });
});

describe('stopping', () => {
  it.each([
    ['a number', count(100_000, 50)],
    ['a rate', { kind: 'rate', perSecond: 500, durationMs: 60_000 } as const],
  ])('%s: at once, without a socket or a word left', async (_name, load) => {
    let requests = 0;
    const url = await serve((_request, response) => {
      // Some are waiting, some between two requests.
      if (requests++ % 3 > 0) response.end();
    });
    const { run, told, last } = generate(url, load);
    await until('requests are waiting', () => requests > 60);
    run.stop();
    expect(last()?.state).toBe('stopped');
    const words = told.length;
    await expect.poll(() => sockets.size).toBe(0);
    const seen = requests;
    // Longer than a report takes to come round: nothing more may happen.
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect([told.length, requests, sockets.size]).toEqual([words, seen, 0]);
  });

  it('progress comes four times a second', async () => {
    const url = await serve(() => undefined);
    const { told } = generate(url, count(1, 1));
    await until('four reports', () => told.length >= 4);
    const [, second, , fourth] = told;
    expect((fourth?.elapsedMs ?? 0) - (second?.elapsedMs ?? 0)).toBeGreaterThan(400);
  });
});
