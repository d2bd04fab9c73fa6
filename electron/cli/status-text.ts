import { escapeControls } from '../../shared/text/control-characters.ts';
import type { BackendState, ProcessesState, State } from '../services/control/state-shape.ts';

const HEAD = ['backend', 'state', 'health', 'requests', 'errors', 'in flight', 'p95'];
/** Columns of figures, which stand flush right. */
const FIRST_FIGURE = 3;

/** The state as a person reads it. A name or a reason never takes more than its line. */
export function statusText({ listeners, pools }: State, { commands, instances }: ProcessesState): string {
  const lines = listeners.map(({ url, defaultPool, state }) => {
    const words = state.kind === 'failed' ? `failed: ${state.reason}` : state.kind;
    return `${url} → ${defaultPool} (${words})`;
  });
  const blocks = pools.map(({ name, policy, unavailable, isTryingAnyway, triedAnyway, backends }) => {
    const refused = unavailable > 0 ? `, ${unavailable} answered 503 for want of a backend` : '';
    const rows = table([HEAD, ...backends.map(rowOf)]);
    const tried = isTryingAnyway
      ? `; every backend is down by its checks, requests are sent to those that may respond (${triedAnyway} so far)`
      : '';
    return [`${name} (${policy}${refused})${tried}`, ...rows.map((row) => `  ${row}`)];
  });
  const processes = commands.map((command) => {
    const own = instances.filter((one) => isOf(command, one));
    return [`${command.pool}/${command.name} (${command.wanted} wanted)`, ...own.map(instanceRow)];
  });
  const paragraphs = [lines, ...blocks, ...processes];
  return `${paragraphs.map((rows) => rows.map((row) => escapeControls(row)).join('\n')).join('\n\n')}\n`;
}

type InstanceState = ProcessesState['instances'][number];

/** Instances are called after their command, with a number behind it. */
function isOf(command: ProcessesState['commands'][number], { pool, name }: InstanceState): boolean {
  return (
    pool === command.pool &&
    /^\d+$/.test(name.slice(command.name.length + 1)) &&
    name.startsWith(`${command.name}-`)
  );
}

function instanceRow({ name, state, reason, port, pid }: InstanceState): string {
  const words = reason === null ? state : `${state}: ${reason}`;
  const where = pid === null ? '' : `  pid ${pid}${port === null ? '' : `, port ${port}`}`;
  return `  ${name}  ${words}${where}`;
}

/** Why it has no requests, where there is a reason; what the checks say otherwise. */
export function healthWords({ forced, ejection, health }: BackendState): string {
  if (forced !== null) return `forced ${forced}`;
  if (ejection !== null) return `ejected: ${ejection.reason}`;
  if (health.busy !== undefined) return `busy: ${health.busy.reason}`;
  return health.reason === '' ? health.health : `${health.health}: ${health.reason}`;
}

function faultWords({ faults }: BackendState): string {
  return faults.length === 0 ? '' : ` [simulated: ${faults.map(({ text }) => text).join(', ')}]`;
}

function rowOf(backend: BackendState): readonly string[] {
  const { requests, errors, inFlight, latency } = backend.counters;
  return [
    backend.name,
    backend.admin,
    healthWords(backend) + faultWords(backend),
    String(requests),
    String(errors),
    String(inFlight),
    latency === null ? '–' : `${latency.p95Ms.toFixed(1)} ms`,
  ];
}

function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return column < FIRST_FIGURE ? cell.padEnd(width) : cell.padStart(width);
      })
      .join('  ')
      .trimEnd(),
  );
}
