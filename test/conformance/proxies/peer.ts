import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../../support/until.ts';
import type { Lane } from '../run-case.ts';
import { ScriptedBackend } from '../scripted-backend.ts';
import type { RunningProxy } from './running-proxy.ts';

/** A proxy that is installed on this machine and configured by a file. */
export interface Peer {
  readonly name: string;
  readonly command: string;
  readonly versionArgs: readonly string[];
  readonly versionPattern: RegExp;
  args(configPath: string): readonly string[];
  config(lanes: readonly PeerLane[], folder: string): string;
}

export interface PeerLane {
  /** 127.0.0.1, both. */
  readonly port: number;
  readonly backendPort: number;
}

/** Where Debian puts servers, which is not on every user's path. */
const ENV = { ...process.env, PATH: `${process.env['PATH']}:/usr/local/sbin:/usr/sbin` };

/** @returns null when it is not installed */
export function versionOf(peer: Peer): string | null {
  try {
    // nginx tells its version on stderr.
    const said = execFileSync('sh', ['-c', `${peer.command} ${peer.versionArgs.join(' ')} 2>&1`], {
      env: ENV,
    });
    return peer.versionPattern.exec(String(said))?.[1] ?? '';
  } catch {
    return null;
  }
}

/** Starts it on free loopback ports, with its files in a folder that goes when it stops. */
export async function startPeer(peer: Peer, version: string, count: number): Promise<RunningProxy> {
  const folder = mkdtempSync(join(tmpdir(), `switchyard-${peer.command}-`));
  const backends = await Promise.all(Array.from({ length: count }, () => ScriptedBackend.start()));
  const ports = await freePorts(count);
  const lanes: Lane[] = backends.map((backend, at) => ({ proxyPort: ports[at] ?? 0, backend }));
  const path = join(folder, 'config');
  const pairs = lanes.map(({ proxyPort, backend }) => ({ port: proxyPort, backendPort: backend.port }));
  writeFileSync(path, peer.config(pairs, folder));
  const child = spawn(peer.command, peer.args(path), { env: ENV, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (bytes) => {
    said = `${said}${bytes}`.slice(-2_000);
  });
  const stop = async () => {
    await end(child);
    for (const backend of backends) await backend.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    for (const port of ports) await until(`${peer.name} listens`, () => isListening(port));
  } catch (error) {
    await stop();
    throw new Error(`${peer.name} did not start: ${said}`, { cause: error });
  }
  return { name: peer.name, version, lanes, stop };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}

async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  const ports: number[] = [];
  for (const server of servers) {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (typeof address === 'object' && address) ports.push(address.port);
  }
  for (const server of servers) await new Promise((resolve) => server.close(resolve));
  return ports;
}
