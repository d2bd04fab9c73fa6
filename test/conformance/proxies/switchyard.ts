import { oneConfig, startEngine } from '../../support/test-engine.ts';
import type { Lane } from '../run-case.ts';
import { ScriptedBackend } from '../scripted-backend.ts';
import type { RunningProxy } from './running-proxy.ts';

/** Our engine in this process, one for each lane. */
export async function startSwitchyard(count: number): Promise<RunningProxy> {
  const started = await Promise.all(Array.from({ length: count }, startLane));
  return {
    name: 'Switchyard',
    version: '',
    lanes: started.map(({ lane }) => lane),
    stop: async () => {
      for (const { stop } of started) await stop();
    },
  };
}

async function startLane() {
  const backend = await ScriptedBackend.start();
  // A backend that a case has made look dead comes back with the next probe.
  const pool = { healthCheck: { interval: '100ms' } };
  const engine = await startEngine(oneConfig([`http://127.0.0.1:${backend.port}`], pool));
  await engine.settle();
  const lane: Lane = { proxyPort: engine.port, backend };
  return {
    lane,
    stop: async () => {
      await engine.stop();
      await backend.stop();
    },
  };
}
