import type { OutputLine } from '../../../shared/view/output-line.ts';
import type { ProcessAction, Processes } from '../../../shared/view/processes.ts';
import type { BackendKey } from '../../../shared/view/snapshot.ts';
import { closest } from '../config/did-you-mean.ts';
import { type Answer, json, problem } from './answer.ts';
import { actArgument, readArgument, scaleArgument } from './arguments.ts';

/** What the control server asks of those who look after processes. */
export interface ControlledProcesses {
  view(): Processes;
  /** @returns why it cannot be done, in words; null when it was */
  act(key: BackendKey, action: ProcessAction): string | null;
  /** @returns whether there is such a command */
  scale(pool: string, command: string, instances: number): boolean;
  output(key: BackendKey, since: number): readonly OutputLine[];
}

export function listProcesses(processes: ControlledProcesses): Answer {
  return json(processes.view());
}

/** Does not wait for what comes of it: that is in the list, and an event tells of the backend. */
export function actOnInstance(processes: ControlledProcesses, key: BackendKey, body: string): Answer {
  const argument = readArgument(actArgument, body);
  if (!argument.ok) return argument.error;
  const missing = missingIn(processes, key);
  if (missing) return missing;
  const refusal = processes.act(key, argument.value.action);
  return refusal === null ? listProcesses(processes) : problem(409, 'refused', `${refusal}.`);
}

/** What is kept of what it wrote, oldest first. */
export function readOutput(processes: ControlledProcesses, key: BackendKey): Answer {
  return missingIn(processes, key) ?? json({ lines: processes.output(key, 0) });
}

export function scaleCommand(
  processes: ControlledProcesses,
  pool: string,
  command: string,
  body: string,
): Answer {
  const argument = readArgument(scaleArgument, body);
  if (!argument.ok) return argument.error;
  if (processes.scale(pool, command, argument.value.instances)) return listProcesses(processes);
  const names = processes.view().commands.filter((one) => one.pool === pool);
  return unknown(
    'command',
    command,
    names.map(({ name }) => name),
  );
}

function missingIn(processes: ControlledProcesses, { pool, backend }: BackendKey): Answer | null {
  const here = processes.view().instances.filter((one) => one.pool === pool);
  const names = here.map(({ name }) => name);
  return names.includes(backend) ? null : unknown('instance', backend, names);
}

function unknown(kind: 'instance' | 'command', name: string, names: readonly string[]): Answer {
  const near = closest(name, names);
  const list = names.map((one) => `"${one}"`).join(', ');
  const mend =
    near !== null ? `did you mean "${near}"?` : list === '' ? 'there are none.' : `there is ${list}.`;
  return problem(404, `unknown-${kind}`, `There is no ${kind} "${name}" in this pool; ${mend}`);
}
