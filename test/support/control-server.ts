import { NO_PROCESSES } from '../../electron/cli/served-processes.ts';
import { ControlServer } from '../../electron/services/control/control-server.ts';
import { oneConfig, startEngine } from './test-engine.ts';

export interface RunningControlServer {
  readonly server: ControlServer;
  readonly port: number;
  readonly token: string;
  stop(): Promise<void>;
}

/** A control server in the test's own process, over an engine with one backend that is not there. */
export async function startControlServer({
  requestTimeoutMs,
}: {
  readonly requestTimeoutMs: number;
}): Promise<RunningControlServer> {
  const balancer = await startEngine(oneConfig(['http://127.0.0.1:1']));
  const never = () => Promise.reject(new Error('not here'));
  const token = 't'.repeat(16);
  const server = new ControlServer({
    engine: balancer.engine,
    desk: { current: () => ({ text: '', revision: '', path: null }), replace: never, reload: never },
    scenarios: { all: [], progress: null, play: never, stop: never },
    token,
    version: '0',
    processes: NO_PROCESSES,
    requestTimeoutMs,
  });
  const url = await server.start({ host: '127.0.0.1', port: 0 });
  return {
    server,
    port: Number(new URL(url.ok ? url.value : '').port),
    token,
    stop: async () => {
      await server.stop();
      await balancer.stop();
    },
  };
}
