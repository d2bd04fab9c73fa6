import { RawClient } from '../support/raw-client.ts';
import { until } from '../support/until.ts';
import type { Case, ClientStep } from './case.ts';
import { type Observed, observe } from './observed.ts';
import { BARRIER, matches, type ScriptedBackend } from './scripted-backend.ts';

/** A proxy's port, and the backend behind it, for one case at a time. */
export interface Lane {
  readonly proxyPort: number;
  readonly backend: ScriptedBackend;
}

export interface CaseResult {
  readonly one: Case;
  /** What did not hold, each in a few words; none when the case passed. */
  readonly failures: readonly string[];
  /** Both ends' bytes, for whoever has to find out why. */
  readonly transcript: string;
}

const BARRIER_REQUEST = `GET ${BARRIER} HTTP/1.1\r\nHost: conformance.test\r\nConnection: close\r\n\r\n`;

/** @param limitMs for the whole case, but for the barrier after it */
export async function runCase(lane: Lane, one: Case, limitMs: number): Promise<CaseResult> {
  const { backend, proxyPort } = lane;
  const clients = [new RawClient(proxyPort)];
  const text = () => clients.map((client) => client.text).join('');
  backend.play(one.backend ?? [], limitMs, text);
  const see = () => observe(clients, one.methods ?? [], backend.sight());
  const failures: string[] = [];
  const deadline = performance.now() + limitMs;
  const leftMs = () => Math.max(0, deadline - performance.now());
  try {
    for (const step of one.client) await take(step, { clients, proxyPort, see, leftMs });
  } catch (error) {
    failures.push(error instanceof Error ? error.message : String(error));
  }
  await until('all checks hold', () => failing(one, see()).length === 0, leftMs()).catch(() => undefined);
  // What must not happen has had its chance once a later request has gone all the way.
  const barrier = await crossBarrier(proxyPort, limitMs);
  const seen = see();
  failures.unshift(...failing(one, seen), ...barrier);
  for (const client of clients) client.close();
  await backend.hangUp();
  return { one, failures: [...new Set(failures)], transcript: transcriptOf(seen) };
}

function failing(one: Case, seen: Observed): string[] {
  return one.checks.flatMap((check) => check(seen) ?? []);
}

interface Stage {
  readonly clients: RawClient[];
  readonly proxyPort: number;
  readonly see: () => Observed;
  readonly leftMs: () => number;
}

async function take(step: ClientStep, stage: Stage): Promise<void> {
  const { clients, see, leftMs } = stage;
  const client = clients.at(-1);
  if (!client) return;
  if (step === 'half-close') client.socket.end();
  else if (step === 'leave') client.close();
  else if (step === 'reconnect') clients.push(new RawClient(stage.proxyPort));
  else if (typeof step === 'string') client.send(step);
  else if ('until' in step) await waitFor('the client', () => client.text, step.until, leftMs());
  else await waitFor('the backend', () => see().backendText, step.backendUntil, leftMs());
}

async function waitFor(
  who: string,
  text: () => string,
  wanted: string | RegExp,
  limitMs: number,
): Promise<void> {
  const has = () => matches(text(), wanted);
  await until('', has, limitMs).catch(() => {
    throw new Error(`${who} waited in vain for ${JSON.stringify(String(wanted))}`);
  });
}

/** A proxy that has just lost its backend may need a moment to find it again. */
async function crossBarrier(port: number, limitMs: number): Promise<string[]> {
  const deadline = performance.now() + limitMs;
  let words = '';
  while (performance.now() < deadline) {
    const client = new RawClient(port).send(BARRIER_REQUEST);
    await client.ends(limitMs).catch(() => undefined);
    client.close();
    if (/^HTTP\/1\.1 200 [\s\S]*\r\nbarrier$/.test(client.text)) return [];
    words = `the next client got ${JSON.stringify(client.text.slice(0, 60))}`;
    if (!client.text.startsWith('HTTP/1.1 503')) return [words];
  }
  return [words];
}

function transcriptOf(seen: Observed): string {
  return [
    `client got:  ${JSON.stringify(seen.text.slice(0, 2_000))}${seen.isClosed ? ' and was closed' : ''}`,
    `backend got: ${JSON.stringify(seen.backendText.slice(0, 2_000))} over ${seen.connections} connections`,
  ].join('\n');
}
