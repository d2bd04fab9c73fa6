import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { loadCertificates } from '../../../electron/services/tls/load-certificates.ts';
import { oneConfig, startEngine } from '../../support/test-engine.ts';
import type { Lane } from '../run-case.ts';
import { ScriptedBackend } from '../scripted-backend.ts';
import type { RunningProxy } from './running-proxy.ts';

const CERTIFICATES = join(import.meta.dirname, '../../support/tls');
/** A backend that a case has made look dead comes back with the next probe. */
const POOL = { healthCheck: { interval: '100ms' } };

/** Our engine in this process, one for each lane. */
export function startSwitchyard(count: number): Promise<RunningProxy> {
  return start(
    'Switchyard',
    Array.from({ length: count }, () => startLane()),
  );
}

/** The same behind https, with the bytes of the cases put into TLS and taken out of it on the way. */
export function startSwitchyardOverTls(count: number): Promise<RunningProxy> {
  return start('Switchyard over TLS', Array.from({ length: count }, startTlsLane));
}

async function start(name: string, starting: readonly Promise<StartedLane>[]): Promise<RunningProxy> {
  const started = await Promise.all(starting);
  return {
    name,
    version: '',
    lanes: started.map(({ lane }) => lane),
    stop: async () => {
      for (const { stop } of started) await stop();
    },
  };
}

interface StartedLane {
  readonly lane: Lane;
  stop(): Promise<void>;
}

async function startLane(
  config = (url: string) => Promise.resolve(oneConfig([url], POOL)),
): Promise<StartedLane> {
  const backend = await ScriptedBackend.start();
  const engine = await startEngine(await config(`http://127.0.0.1:${backend.port}`));
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

async function startTlsLane(): Promise<StartedLane> {
  const { lane, stop } = await startLane(async (url) => {
    const config = oneConfig([url], POOL, { tls: { cert: 'cert.pem', key: 'key.pem' } });
    const loaded = await loadCertificates(config, '', { folder: CERTIFICATES, ownFolder: '' });
    if (!loaded.ok) throw new Error(loaded.error.map(({ message }) => message).join('\n'));
    return loaded.value;
  });
  const clients = new Set<Socket>();
  const relay = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    clients.add(client);
    const options = {
      port: lane.proxyPort,
      host: '127.0.0.1',
      rejectUnauthorized: false,
      allowHalfOpen: true,
    };
    const inside = connectTls(options);
    client.pipe(inside).pipe(client);
    client.on('error', () => inside.destroy());
    client.on('close', () => inside.destroySoon());
    // What is cut short inside is cut short outside.
    inside.on('error', () => client.resetAndDestroy());
    inside.on('close', () => client.destroySoon());
    client.on('close', () => clients.delete(client));
  });
  await new Promise<void>((resolve) => relay.listen(0, '127.0.0.1', resolve));
  const address = relay.address();
  const proxyPort = typeof address === 'object' && address ? address.port : 0;
  return {
    lane: { ...lane, proxyPort },
    stop: async () => {
      for (const client of clients) client.destroy();
      await new Promise((resolve) => relay.close(resolve));
      await stop();
    },
  };
}
