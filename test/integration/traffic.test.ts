import { createServer, type RequestListener } from 'node:http';
import { createServer as createNetServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { TrafficGenerator } from '../../electron/traffic/traffic-generator.ts';
import type { TrafficPlan, TrafficProgress } from '../../shared/traffic.ts';
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

function generate(load: TrafficPlan['load'], changes: Partial<TrafficPlan> = {}) {
  const plan: TrafficPlan = { listener: 'l', method: 'GET', path: '/', load, ...changes };
  const told: TrafficProgress[] = [];
  const generator = new TrafficGenerator((progress) => told.push(progress));
  stops.push(() => generator.stop());
  const last = () => told.at(-1);
  const done = () => until('the run is over', () => (last()?.isRunning === false ? last() : null), 10_000);
  return { generator, plan, told, last, done };
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
    const { generator, plan, told, done } = generate(count(300, 8));
    expect(generator.start(plan, url).ok).toBe(true);
    expect(told).toHaveLength(1);
    const end = await done();
    expect(end).toMatchObject({ sent: 300, planned: 300, answers: { '200': 300 } });
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
      const { generator, plan, done } = generate(count(1, 1), { method, path: '/a/../b?x="1"' });
      generator.start(plan, url);
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
      const { generator, plan, done } = generate(count(1, 1), changes);
      generator.start(plan, url);
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
    const { generator, plan, done } = generate(count(2, 1));
    generator.start(plan, url);
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
    const { generator, plan, done } = generate(count(3, 2));
    generator.start(plan, url);
    expect((await done()).answers).toEqual(answers);
  });

  it('says that nobody listens', async () => {
    const url = await serve(() => undefined);
    await stops.pop()?.();
    const { generator, plan, done } = generate(count(4, 2));
    generator.start(plan, url);
    expect((await done()).answers).toEqual({ 'connection refused': 4 });
  });
});

describe('a steady rate', () => {
  it('sends on schedule however late the answers are', async () => {
    let arrived = 0;
    const url = await serve(() => {
      arrived++;
    });
    const { generator, plan, last } = generate({ kind: 'rate', perSecond: 100, durationMs: 500 });
    generator.start(plan, url);
    await until('all have arrived', () => arrived === 50);
    await until('progress says so', () => last()?.sent === 50);
    expect(last()).toMatchObject({ isRunning: true, planned: 50, answers: {} });
    expect(last()?.elapsedMs).toBeGreaterThanOrEqual(485);
  });

  it('ends when the last answer has come', async () => {
    const url = await serve((_request, response) => response.end());
    const { generator, plan, done } = generate({ kind: 'rate', perSecond: 50, durationMs: 300 });
    generator.start(plan, url);
    expect(await done()).toMatchObject({ sent: 15, answers: { '200': 15 } });
  });

  it('keeps 256 waiting at most, and counts what it did not send', async () => {
    let arrived = 0;
    const url = await serve(() => {
      arrived++;
    });
    const { generator, plan, last } = generate({ kind: 'rate', perSecond: 1_000, durationMs: 400 });
    generator.start(plan, url);
    await until('the schedule is over', () => last()?.sent === 400);
    await until('the rest has arrived', () => arrived === 256);
    expect(last()?.answers).toEqual({ 'not sent: 256 requests still waiting': 144 });
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
    const { generator, plan, told, last } = generate(load);
    generator.start(plan, url);
    await until('requests are waiting', () => requests > 60);
    generator.stop();
    expect(last()?.isRunning).toBe(false);
    const words = told.length;
    await expect.poll(() => sockets.size).toBe(0);
    const seen = requests;
    // Longer than a report takes to come round: nothing more may happen.
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect([told.length, requests, sockets.size]).toEqual([words, seen, 0]);
  });

  it('leaves room for the next run; two at a time are refused', async () => {
    const url = await serve(() => undefined);
    const { generator, plan } = generate(count(1, 1));
    expect(generator.start(plan, url).ok).toBe(true);
    expect(generator.start(plan, url)).toMatchObject({ ok: false, error: { code: 'refused' } });
    generator.stop();
    expect(generator.start(plan, url).ok).toBe(true);
  });

  it('a plan beyond the limits is refused, and sends nothing', () => {
    const { generator, plan, told } = generate(count(1, 1_000));
    expect(generator.start(plan, 'http://127.0.0.1:1')).toEqual({
      ok: false,
      error: { code: 'refused', message: 'Keep 1 to 256 at a time.' },
    });
    expect(told).toEqual([]);
  });

  it('progress comes four times a second', async () => {
    const url = await serve(() => undefined);
    const { generator, plan, told } = generate(count(1, 1));
    generator.start(plan, url);
    await until('four reports', () => told.length >= 4);
    const [, second, , fourth] = told;
    expect((fourth?.elapsedMs ?? 0) - (second?.elapsedMs ?? 0)).toBeGreaterThan(400);
  });
});
