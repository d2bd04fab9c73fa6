import { setTimeout as wait } from 'node:timers/promises';
import { fail, ok, type Result } from '../../shared/calls/result.ts';
import { formatFault } from '../../shared/text/fault-text.ts';
import type { BackendKey } from '../../shared/view/snapshot.ts';
import { findBackend, fullName } from '../services/config/find-backend.ts';
import type { ControlClient } from '../services/control/control-client.ts';
import { instancesFolder, runningInstances } from '../services/control/instance-file.ts';
import type { BackendState, ProcessesState, State } from '../services/control/state-shape.ts';
import { findInstance } from './find-instance.ts';
import type { Output } from './output.ts';
import { print } from './print.ts';
import type { Remote, Wish } from './remote-arguments.ts';
import { carryOutProcessWish } from './remote-processes.ts';
import { statusText } from './status-text.ts';

/** How often it is looked whether a probe has ended, and for how long; a probe's own timeout is mostly shorter. */
const LOOK_MS = 50;
const PROBE_LIMIT_MS = 30_000;

const TOKEN_IS_SEEN =
  'every user of this machine can see --token in the list of processes; use --token-file or SWITCHYARD_TOKEN';

/** What a command has come to: what to print, and the exit code. */
interface Done {
  readonly text: string;
  readonly code: number;
}

/** Asks or tells a running instance. Resolves with the exit code. */
export async function runRemote({ wish, which }: Remote, output: Output): Promise<number> {
  const running = await runningInstances(instancesFolder(process.env, process.platform));
  for (const reason of running.ignored) output.note(`ignored: ${reason}`, 'ignored-instance');
  if (which.token !== null) output.note(TOKEN_IS_SEEN, 'token-is-seen');
  const client = await findInstance(which, running.instances);
  const done = client.ok ? await carryOut(wish, client.value) : client;
  if (!done.ok) {
    output.error(done.error);
    return 1;
  }
  print(process.stdout, done.value.text);
  return done.value.code;
}

async function carryOut(wish: Wish, client: ControlClient): Promise<Result<Done, string>> {
  if (wish.kind === 'reload') return reload(client);
  if (wish.kind === 'process' || wish.kind === 'output' || wish.kind === 'scale') {
    const done = await carryOutProcessWish(wish, client);
    return done.ok ? said(done.value) : done;
  }
  const read = await client.state();
  if (!read.ok) return read;
  if (wish.kind === 'clear-faults') {
    const cleared = await client.clearFaults();
    return cleared.ok ? said('no backend has faults any more\n') : cleared;
  }
  const { state, text } = read.value;
  if (wish.kind === 'status') {
    const processes = await client.processes();
    if (!processes.ok) return processes;
    return said(wish.isJson ? withProcesses(text, processes.value) : statusText(state, processes.value));
  }
  const key = findBackend(wish.backend, state.pools);
  if (!key.ok) return key;
  const name = fullName(key.value);
  switch (wish.kind) {
    case 'admin': {
      const done = await client.command(key.value, 'admin', { state: wish.state });
      return done.ok ? said(`${name} is ${wish.state}\n`) : done;
    }
    case 'force': {
      const done = await client.command(key.value, 'health', { forced: wish.forced });
      const words = wish.forced === null ? 'is left to its checks again' : `is forced ${wish.forced}`;
      return done.ok ? said(`${name} ${words}\n`) : done;
    }
    case 'fault': {
      const faults = wish.faults.map(formatFault);
      const done = await client.command(key.value, 'faults', { faults });
      const words = faults.length === 0 ? 'has no faults any more' : `has from now on: ${faults.join(', ')}`;
      return done.ok ? said(`${name} ${words}\n`) : done;
    }
    case 'probe':
      return probe(client, key.value, state);
  }
}

/** The state as it came, which may say more than is known here. */
function withProcesses(text: string, processes: ProcessesState): string {
  return `${JSON.stringify({ ...JSON.parse(text), processes })}\n`;
}

async function reload(client: ControlClient): Promise<Result<Done, string>> {
  const before = await client.revision(false);
  if (!before.ok) return before;
  const after = await client.revision(true);
  if (!after.ok) return after;
  return said(after.value === before.value ? 'nothing has changed\n' : 'config reloaded\n');
}

/** The exit code is that of the probe: 0 when it passed. */
async function probe(client: ControlClient, key: BackendKey, before: State): Promise<Result<Done, string>> {
  const lastAt = backendIn(before, key)?.probes.at(-1)?.at ?? 0;
  const asked = await client.command(key, 'probe');
  if (!asked.ok) return asked;
  const deadline = performance.now() + PROBE_LIMIT_MS;
  while (performance.now() < deadline) {
    const now = await client.state();
    if (!now.ok) return now;
    const last = backendIn(now.value.state, key)?.probes.at(-1);
    if (last && last.at > lastAt) {
      return ok({ text: `${fullName(key)}: ${last.words}\n`, code: last.passed ? 0 : 1 });
    }
    await wait(LOOK_MS);
  }
  return fail(`the probe of ${fullName(key)} has not ended within ${PROBE_LIMIT_MS / 1_000} s`);
}

function backendIn({ pools }: State, { pool, backend }: BackendKey): BackendState | undefined {
  return pools.find(({ name }) => name === pool)?.backends.find(({ name }) => name === backend);
}

function said(text: string): Result<Done, never> {
  return ok({ text, code: 0 });
}
