import { afterEach, expect, it } from 'vitest';
import { seededRandom } from '../../electron/engine/balancing/seeded-random.ts';
import { type BadBackend, GOOD_BODY, OFFSETS, startBadBackend, TREATMENTS } from '../support/bad-backends.ts';
import { RawClient } from '../support/raw-client.ts';
import { ourAnswer } from '../support/readings.ts';
import { heapAfterCollection, resources } from '../support/resources.ts';
import { oneConfig, startEngine } from '../support/test-engine.ts';
import { until } from '../support/until.ts';

const SEED = Number(process.env['CHAOS_SEED'] ?? Date.now() % 1_000_000);
const CLIENTS = 64;
/** How long a client waits for its answer, milliseconds. */
const PATIENCE_MS = 1_000;
const MIB = 1_048_576;

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

interface Outcome {
  readonly target: string;
  readonly isAborted: boolean;
  /** The answer, when all of one came. */
  readonly status: number | null;
}

/** One of everything clients do; what came back whole has to be what a good backend says, or our own words. */
async function ask(port: number, number: number, random: () => number): Promise<Outcome> {
  const target = `/request/${number}`;
  const rest = ' HTTP/1.1\r\nHost: h\r\nConnection: close\r\n';
  const kind = ['GET', 'HEAD', 'POST', 'PUT', 'chunked'][Math.floor(random() * 5)] ?? 'GET';
  const method = kind === 'chunked' ? 'POST' : kind;
  const upload = 'u'.repeat(Math.floor(random() * 20_000));
  const parts =
    kind === 'chunked'
      ? [
          `POST ${target}${rest}Transfer-Encoding: chunked\r\n\r\n`,
          '3\r\nabc\r\n',
          '5\r\nhello\r\n',
          '0\r\n\r\n',
        ]
      : method === 'GET' || method === 'HEAD'
        ? [`${method} ${target}${rest}\r\n`]
        : [`${method} ${target}${rest}Content-Length: ${upload.length}\r\n\r\n`, upload];
  const client = new RawClient(port);
  const isAborted = random() < 0.2;
  const stopAfter = isAborted ? Math.floor(random() * parts.length) : parts.length;
  for (const part of parts.slice(0, stopAfter)) {
    client.send(part);
    await new Promise((resolve) => setImmediate(resolve));
  }
  if (isAborted) {
    const part = parts[stopAfter] ?? '';
    client.send(part.slice(0, Math.floor(random() * (part.length + 1))));
    await until('connected', () => !client.socket.connecting);
    if (random() < 0.5) client.socket.resetAndDestroy();
    else client.close();
    return { target, isAborted, status: null };
  }
  await client.ends(PATIENCE_MS).catch(() => undefined);
  client.close();
  const answer = ourAnswer(Buffer.from(client.text, 'latin1'), method)?.reading ?? null;
  if (answer?.status === 200) expect(answer.body).toBe(method === 'HEAD' ? '' : GOOD_BODY);
  else if (answer) expect([502, 503, 504]).toContain(answer.status);
  return { target, isAborted, status: answer?.status ?? null };
}

it(`good and bad backends in one pool, under load: nothing is lost, left or counted twice (CHAOS_SEED=${SEED})`, async () => {
  const sockets = resources('TCPSocketWrap');
  const timers = resources('Timeout');
  const backends: BadBackend[] = [];
  for (const treat of [TREATMENTS.good, ...Object.values(TREATMENTS)])
    backends.push(await startBadBackend(treat));
  const refusing = await startBadBackend(TREATMENTS.good);
  await refusing.stop();
  for (const backend of backends) stops.push(() => backend.stop());
  const engine = await startEngine(
    oneConfig(
      [...backends, refusing].map(({ url }) => url),
      {
        timeouts: { connect: '300ms', firstByte: '500ms', idle: '1500ms' },
        // A reset takes a backend out: it has to be back soon, to do it again.
        healthCheck: { interval: '250ms', rise: 1 },
      },
    ),
  );
  stops.push(() => engine.stop());
  await engine.settle();

  const random = seededRandom(SEED);
  let number = 0;
  const load = async (each: number): Promise<Outcome[]> => {
    const client = async () => {
      const outcomes: Outcome[] = [];
      for (let left = each; left > 0; left--) outcomes.push(await ask(engine.port, number++, random));
      return outcomes;
    };
    return (await Promise.all(Array.from({ length: CLIENTS }, client))).flat();
  };
  const backendsNow = async () => (await engine.snapshot()).pools.flatMap((pool) => pool.backends);
  const isCalm = async () => (await backendsNow()).every(({ counters }) => counters.inFlight === 0);
  // Each end of a kept connection is one of them, and both are in this process.
  const kept = () => 2 * backends.reduce((sum, backend) => sum + backend.sockets.size, 0);

  const outcomes = await load(4);
  await until('nothing is in flight', isCalm);
  const heapBefore = await heapAfterCollection();
  outcomes.push(...(await load(14)));
  await until('nothing is in flight', isCalm);
  await until(
    'no socket is left but those kept for the next exchange',
    () => resources('TCPSocketWrap') <= sockets + kept(),
  );
  expect((await heapAfterCollection()) - heapBefore, 'heap, once the load has gone').toBeLessThan(10 * MIB);

  // Every backend had its share, so that those that reset have done so at every offset.
  for (const backend of backends) expect(backend.treated, backend.url).toBeGreaterThanOrEqual(OFFSETS);
  const records = await engine.engine.exchanges({ limit: 5_000 });
  const times = new Map<string, number>();
  for (const { target } of records) times.set(target, (times.get(target) ?? 0) + 1);
  // Who was not there any more may have left before its request was read; everybody else has one exchange.
  for (const { target, isAborted } of outcomes)
    expect(isAborted ? [undefined, 1] : [1], target).toContain(times.get(target));
  expect(records.map(({ id }) => id)).toEqual(records.map((_, index) => index + 1));
  for (const { name, counters } of await backendsNow()) {
    const attempts = records.flatMap((one) => one.attempts).filter(({ backend }) => backend === name);
    expect(counters.requests, name).toBe(attempts.length);
  }
  const statuses = new Map<number | null, number>();
  for (const { status } of outcomes) statuses.set(status, (statuses.get(status) ?? 0) + 1);
  expect(statuses.get(200) ?? 0, `good answers among ${JSON.stringify([...statuses])}`).toBeGreaterThan(
    outcomes.length / 5,
  );

  await engine.stop();
  await until(
    `no socket is left: ${process.getActiveResourcesInfo()}`,
    () => resources('TCPSocketWrap') <= sockets,
  );
  await until(`no timer is left: ${process.getActiveResourcesInfo()}`, () => resources('Timeout') <= timers);
  for (const backend of backends) expect(backend.sockets.size).toBe(0);
}, 60_000);
