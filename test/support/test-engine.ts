import { Engine } from '../../electron/engine/core/engine.ts';
import type { EngineListener, EnginePush } from '../../electron/engine/core/engine-api.ts';
import { parseConfig } from '../../electron/services/config/parse.ts';
import type { Config } from '../../shared/config/config.ts';
import type { BackendSnapshot, Snapshot } from '../../shared/view/snapshot.ts';
import { until } from './until.ts';

/** An engine in this process with what tests ask of it. */
export interface TestEngine {
  readonly engine: Engine;
  readonly pushes: EnginePush[];
  readonly port: number;
  readonly url: string;
  snapshot(): Promise<Snapshot>;
  backend(name: string): Promise<BackendSnapshot>;
  /** Waits until every backend has been probed, so that no test races the first probe. */
  settle(): Promise<void>;
  stop(): Promise<void>;
}

export function configOf(value: object): Config {
  const config = parseConfig(JSON.stringify(value));
  if (!config.ok) throw new Error(config.error.map((issue) => issue.message).join('\n'));
  return config.value;
}

/** A full config with one listener on a free port, and the pool's settings as given. */
export function oneConfig(urls: readonly string[], pool: object = {}, listener: object = {}): Config {
  return configOf({
    listeners: [{ address: '127.0.0.1:0', defaultPool: 'p', ...listener }],
    pools: { p: { servers: urls, healthCheck: { interval: '10m' }, ...pool } },
  });
}

export async function startEngine(
  config: Config,
  onPush: EngineListener = () => undefined,
): Promise<TestEngine> {
  const pushes: EnginePush[] = [];
  const engine = new Engine((push) => {
    pushes.push(push);
    onPush(push);
  });
  const applied = await engine.apply({ config, options: { keepGoing: false } });
  if (!applied.ok) throw new Error(applied.error.message);
  const snapshot = () => engine.snapshot(null);
  const first = (await snapshot()).listeners[0];
  const state = first?.state;
  const port = state?.kind === 'listening' ? state.port : 0;
  const test: TestEngine = {
    engine,
    pushes,
    port,
    url: `${first?.tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    snapshot,
    backend: async (name) => {
      const found = (await snapshot()).pools
        .flatMap((pool) => pool.backends)
        .find((one) => one.name === name);
      if (!found) throw new Error(`no backend ${name}`);
      return found;
    },
    settle: async () => {
      await until('every backend has been probed', async () =>
        (await snapshot()).pools.every((pool) =>
          pool.backends.every((one) => one.health.health !== 'unknown'),
        ),
      );
    },
    stop: async () => {
      await engine.stop({ graceMs: 0 });
    },
  };
  return test;
}

/** The name a backend goes by when the config gives it none. */
export const nameOf = (url: string): string => url.replace(/^https?:\/\//, '');
