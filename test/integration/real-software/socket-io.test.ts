import { io, type Socket } from 'socket.io-client';
import { afterEach, describe, expect, it } from 'vitest';
import { BackendProcess } from '../../support/backend-process.ts';
import { balanceBy } from '../../support/balanced.ts';
import { until } from '../../support/until.ts';

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

type Transport = 'polling' | 'websocket';

async function setUp(policy: unknown) {
  const backends = [
    new BackendProcess('a', 'socket-io-process.mjs'),
    new BackendProcess('b', 'socket-io-process.mjs'),
  ];
  for (const backend of backends) {
    stops.push(() => backend.kill());
    await backend.start();
  }
  const engine = await balanceBy(
    policy,
    backends.map(({ url }) => url),
  );
  stops.push(engine.stop);
  return { backends, port: engine.port };
}

/** A client with a cookie jar, and the names of the servers it was connected to, in order. */
async function connect(port: number, transports: Transport[], user = 'someone') {
  const socket = io(`http://127.0.0.1:${port}`, {
    transports,
    withCredentials: true,
    forceNew: true,
    reconnectionDelay: 20,
    reconnectionDelayMax: 100,
    extraHeaders: { 'X-User': user },
  });
  stops.push(() => socket.close());
  const names: string[] = [];
  socket.on('name', (name: string) => names.push(name));
  await until('a server has told its name', () => names.length > 0);
  return { socket, names };
}

async function saysInOrder(socket: Socket, count: number): Promise<void> {
  const said: number[] = [];
  const listener = (number: number) => said.push(number);
  socket.on('said', listener);
  const numbers = Array.from({ length: count }, (_, at) => at);
  for (const number of numbers) socket.emit('say', number);
  await until('every message is back', () => said.length >= count);
  socket.off('said', listener);
  expect(said).toEqual(numbers);
}

const POLICIES = ['sticky-cookie', 'ip-hash', { name: 'header-hash', header: 'X-User' }];
const WAYS: { way: string; transports: Transport[] }[] = [
  { way: 'polling', transports: ['polling'] },
  { way: 'WebSocket', transports: ['websocket'] },
  { way: 'polling, then WebSocket', transports: ['polling', 'websocket'] },
];

describe.each(POLICIES)('by %j', (policy) => {
  it.each(WAYS)('talks over $way, each message in order', async ({ transports }) => {
    const { port } = await setUp(policy);
    const { socket, names } = await connect(port, transports);
    const last = transports.at(-1);
    await until('the transport is the last one', () => socket.io.engine.transport.name === last);
    await saysInOrder(socket, 500);
    expect(names).toHaveLength(1);
  });
});

it.each(WAYS)(
  'a client over $way whose server is killed finds the other by itself',
  async ({ transports }) => {
    const { port, backends } = await setUp('sticky-cookie');
    const { socket, names } = await connect(port, transports);
    await saysInOrder(socket, 10);
    const [first] = names;
    const gone = new Promise((resolve) => socket.once('disconnect', resolve));
    await backends.find(({ name }) => name === first)?.kill();
    await gone;
    await until('it is connected again', () => names.length > 1, 15_000);
    expect(names.at(-1)).toBe(first === 'a' ? 'b' : 'a');
    await saysInOrder(socket, 100);
  },
);

it('without a sticky policy, polling breaks: the other server does not know the session', async () => {
  const { port } = await setUp('round-robin');
  const ask = (query: string) => fetch(`http://127.0.0.1:${port}/socket.io/?EIO=4&transport=polling${query}`);
  const opening = await ask('');
  const { sid } = JSON.parse((await opening.text()).slice(1));
  const next = await ask(`&sid=${sid}`);
  expect(next.status).toBe(400);
  expect(await next.json()).toEqual({ code: 1, message: 'Session ID unknown' });
});
