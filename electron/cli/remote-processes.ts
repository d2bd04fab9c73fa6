import { ok, type Result } from '../../shared/calls/result.ts';
import { escapeControls } from '../../shared/text/control-characters.ts';
import type { BackendKey } from '../../shared/view/snapshot.ts';
import { findNamed, fullName } from '../services/config/find-backend.ts';
import type { ControlClient } from '../services/control/control-client.ts';
import type { ProcessWish } from './remote-arguments.ts';

const DONE = {
  kill: 'was killed; it is started again',
  pause: 'is paused',
  resume: 'goes on',
  stop: 'ends once what is in flight has finished',
  start: 'is started',
} as const;

/** Asks or tells about the processes of an instance. Resolves with what to print. */
export async function carryOutProcessWish(
  wish: ProcessWish,
  client: ControlClient,
): Promise<Result<string, string>> {
  const read = await client.processes();
  if (!read.ok) return read;
  const { commands, instances } = read.value;
  if (wish.kind === 'scale') {
    const found = findNamed('command', wish.command, keysOf(commands));
    if (!found.ok) return found;
    const { pool, backend } = found.value;
    const scaled = await client.scale(pool, backend, wish.instances);
    const many = `${wish.instances} instance${wish.instances === 1 ? '' : 's'}`;
    return scaled.ok ? ok(`${fullName(found.value)} has ${many} from now on\n`) : scaled;
  }
  const found = findNamed('instance', wish.instance, keysOf(instances));
  if (!found.ok) return found;
  if (wish.kind === 'output') {
    const lines = await client.output(found.value);
    return lines.ok ? ok(lines.value.map((line) => `${escapeControls(line)}\n`).join('')) : lines;
  }
  const done = await client.act(found.value, wish.action);
  return done.ok ? ok(`${fullName(found.value)} ${DONE[wish.action]}\n`) : done;
}

function keysOf(all: readonly { readonly pool: string; readonly name: string }[]): readonly BackendKey[] {
  return all.map(({ pool, name }) => ({ pool, backend: name }));
}
