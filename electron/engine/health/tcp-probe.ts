import { once } from 'node:events';
import type { BackendConfig } from '../../../shared/config/config.ts';
import type { Line } from './line.ts';
import type { ProbeResult } from './probe.ts';

/** Whether the backend takes a connection; for `https://`, whether it ends a TLS handshake. */
export async function probeTcp({ origin, insecure }: BackendConfig, line: Line): Promise<ProbeResult> {
  const { host, port, protocol } = origin;
  const isTls = protocol === 'https';
  await once(line.open({ host, port, isTls, insecure }, null), isTls ? 'secureConnect' : 'connect');
  return { hasPassed: true, words: isTls ? 'TLS handshake done' : 'TCP connection open' };
}
