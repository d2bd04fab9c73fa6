import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import packageJson from '../../package.json' with { type: 'json' };
import { HAPROXY } from './proxies/haproxy.ts';
import { NGINX } from './proxies/nginx.ts';
import { startPeer, versionOf } from './proxies/peer.ts';
import type { RunningProxy } from './proxies/running-proxy.ts';
import { startSwitchyard } from './proxies/switchyard.ts';
import { forTarget } from './proxies/target.ts';
import { type ProxyReport, report, summary } from './report.ts';
import { runSuite } from './suite.ts';

const USAGE = `npm run conformance                                                  this engine
npm run conformance -- --target http://HOST:PORT --backend-port N    a proxy that forwards to 127.0.0.1:N
npm run conformance -- --peers                                       this engine, nginx and HAProxy; writes the docs
npm run conformance -- --compare                                     the same without writing`;
const LANES = 12;
const PEERS = [NGINX, HAPROXY];
const DOCS = join(import.meta.dirname, '../../docs/conformance.md');

type Wanted =
  | { readonly kind: 'switchyard' }
  | { readonly kind: 'target'; readonly url: URL; readonly backendPort: number }
  | { readonly kind: 'peers'; readonly writesDocs: boolean }
  | { readonly kind: 'usage' };

/** @returns the exit code: 0 when the proxy in question (Switchyard, beside peers) passed every case */
export async function main(args: readonly string[]): Promise<number> {
  const wanted = read(args);
  switch (wanted.kind) {
    case 'usage':
      process.stderr.write(`${USAGE}\n`);
      return 2;
    case 'switchyard':
      return exitCode(await runOn(startSwitchyard(LANES)));
    case 'target':
      return exitCode(await runOn(forTarget(wanted.url, wanted.backendPort)));
    case 'peers':
      return runPeers(wanted.writesDocs);
  }
}

function read(args: readonly string[]): Wanted {
  const { values } = parseArgs({
    args: [...args],
    options: {
      target: { type: 'string' },
      'backend-port': { type: 'string' },
      peers: { type: 'boolean' },
      compare: { type: 'boolean' },
    },
  });
  if (values.peers || values.compare) return { kind: 'peers', writesDocs: values.peers === true };
  if (values.target === undefined) return { kind: 'switchyard' };
  const backendPort = Number(values['backend-port']);
  if (!URL.canParse(values.target) || !Number.isInteger(backendPort)) return { kind: 'usage' };
  return { kind: 'target', url: new URL(values.target), backendPort };
}

/** One after the other, so that none is slowed by another. */
async function runPeers(writesDocs: boolean): Promise<number> {
  const own = { ...(await runOn(startSwitchyard(LANES))), version: packageJson.version };
  const reports: ProxyReport[] = [own];
  let isAnyMissing = false;
  for (const peer of PEERS) {
    const version = versionOf(peer);
    if (version === null) {
      isAnyMissing = true;
      process.stdout.write(`${peer.name} is not installed, so it is left out.\n`);
    } else {
      reports.push(await runOn(startPeer(peer, version, LANES)));
    }
  }
  if (writesDocs && !isAnyMissing)
    writeFileSync(DOCS, report(reports, new Date().toISOString().slice(0, 10)));
  // Where the comparison is wanted for certain, a comparison with nobody is not one.
  if (isAnyMissing && (writesDocs || (process.env['CI'] && process.platform === 'linux'))) {
    process.stderr.write(
      'Install nginx and HAProxy (apt-get install nginx-light haproxy), then try again.\n',
    );
    return 1;
  }
  return exitCode(own);
}

async function runOn(starting: Promise<RunningProxy>): Promise<ProxyReport> {
  const proxy = await starting;
  try {
    const { name, version } = proxy;
    const done = { name, version, results: await runSuite(proxy.lanes) };
    process.stdout.write(`${summary(done)}\n`);
    return done;
  } finally {
    await proxy.stop();
  }
}

function exitCode({ results }: ProxyReport): number {
  return results.every(({ failures }) => failures.length === 0) ? 0 : 1;
}
