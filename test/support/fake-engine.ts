import { Worker } from 'node:worker_threads';
import type { CallMessage } from '../../electron/engine/core/engine-api.ts';
import { parseConfig } from '../../electron/services/config/parse.ts';
import type { Config } from '../../shared/config/config.ts';

/**
 * An engine's thread with nothing in it: answers as the real one would, and does as backends and pools are named.
 * `crash` kills it on a probe, `hang` leaves a probe without an answer, a pool called `poison` kills it when applied.
 */
const SCRIPT = `
const { parentPort } = require('node:worker_threads');
let seq = 0;
let events = [];
const say = (push, payload) => parentPort.postMessage({ kind: 'push', body: { push, payload } });
const record = (body) => {
  const event = { ...body, id: events.length + 1, at: 0 };
  events.push(event);
  say('event', event);
};
const snapshot = () => ({ seq: ++seq, at: 0, isRunning: true, listeners: [], pools: [], seconds: [], secondsFrom: 0, events });
const calls = {
  apply: ({ config }) => {
    if (config.pools.some(({ name }) => name === 'poison')) throw new Error('poisoned');
    record({ kind: 'config-applied', summary: 'x' });
    return { ok: true, value: null };
  },
  setAdmin: (argument) => {
    record({ kind: 'admin', ...argument });
    return { ok: true, value: null };
  },
  probeNow: ({ backend }) => {
    if (backend === 'crash') throw new Error('a bug');
    if (backend === 'hang') return undefined;
    record({ kind: 'backend-down', pool: 'p', backend, reason: 'r' });
    return { ok: true, value: null };
  },
  watch: snapshot,
  snapshot,
  unwatch: () => null,
  stop: () => null,
};
parentPort.on('message', ({ id, call, argument }) => {
  const result = (calls[call] ?? (() => ({ ok: true, value: null })))(argument);
  if (result !== undefined) parentPort.postMessage({ kind: 'answer', id, result });
});
parentPort.postMessage({ kind: 'ready' });
`;

export interface FakeEngines {
  /** What each thread was asked, in order; one list a thread. */
  readonly lives: readonly (readonly string[])[];
  readonly workers: readonly Worker[];
  readonly spawn: () => Worker;
}

/** @param deadOnArrival how many threads end before they are ready */
export function createFakeEngines(deadOnArrival = 0): FakeEngines {
  const lives: string[][] = [];
  const workers: Worker[] = [];
  const spawn = () => {
    const asked: string[] = [];
    const script = workers.length < deadOnArrival ? 'throw new Error("dead on arrival")' : SCRIPT;
    const worker = new Worker(script, { eval: true });
    const post = worker.postMessage.bind(worker);
    worker.postMessage = (message: CallMessage) => {
      asked.push(describe(message));
      post(message);
    };
    lives.push(asked);
    workers.push(worker);
    return worker;
  };
  return { lives, workers, spawn };
}

function describe({ call, argument }: CallMessage): string {
  if (argument === null) return call;
  if ('config' in argument) {
    const listeners = argument.config.listeners.length;
    return `${call} ${argument.config.pools.map(({ name }) => name).join()} with ${listeners} listeners`;
  }
  return `${call} ${Object.values(argument).join(' ')}`;
}

export function testConfig(pool: string, backends: readonly string[]): Config {
  const servers = backends.map((name, index) => ({ name, url: `http://localhost:${5001 + index}` }));
  const parsed = parseConfig(
    JSON.stringify({ listeners: [{ address: ':0', defaultPool: pool }], pools: { [pool]: { servers } } }),
  );
  if (!parsed.ok) throw new Error(parsed.error.map(({ message }) => message).join());
  return parsed.value;
}
