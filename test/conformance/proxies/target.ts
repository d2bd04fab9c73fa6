import { ScriptedBackend } from '../scripted-backend.ts';
import type { RunningProxy } from './running-proxy.ts';

/**
 * A proxy that runs already.
 *
 * @param target its URL, `http://127.0.0.1:PORT`
 * @param backendPort where it forwards to, on 127.0.0.1
 */
export async function forTarget(target: URL, backendPort: number): Promise<RunningProxy> {
  const backend = await ScriptedBackend.start(backendPort);
  return {
    name: target.host,
    version: '',
    lanes: [{ proxyPort: Number(target.port || 80), backend }],
    stop: () => backend.stop(),
  };
}
