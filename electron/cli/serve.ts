import { fail, ok, type Result } from '../../shared/calls/result.ts';
import { formatDuration } from '../../shared/config/duration.ts';
import { verdictWords } from '../../shared/text/verdict-words.ts';
import type { ScenarioReport } from '../../shared/view/scenario-report.ts';
import { Engine, type InFlight } from '../engine/core/engine.ts';
import { systemClock } from '../engine/system/clock.ts';
import { ConfigFile } from '../services/config/config-file.ts';
import { startDemoBackends } from '../services/demo/demo-backends.ts';
import type { ScenarioDesk } from '../services/scenarios/scenario-desk.ts';
import { FailedRequestLog } from './failed-request-log.ts';
import { inOneLine, type LoadedConfig, loadConfig, parseInternal } from './load-config.ts';
import type { Output } from './output.ts';
import { createScenarioDesk, type ScenarioWish } from './scenario.ts';
import { type ControlWish, type RunningControl, startControl } from './serve-control.ts';
import { ServedConfig } from './served-config.ts';
import { NO_PROCESSES, ServedProcesses } from './served-processes.ts';

/** What is in flight gets this long after the first signal; a second signal cuts it. */
const GRACE_MS = 10_000;
/** After the second signal: for clients to read what they are sent last, and for processes to end. */
const CUT_MS = 1_000;

/** Balances what the file says until a signal. Resolves with the exit code once everything is closed. */
export async function serveFile(path: string, output: Output, wishes: ServeWishes): Promise<number> {
  const file = new ConfigFile(path, { mayBePipe: true });
  const loaded = await loadConfig(file);
  if (!loaded.ok) {
    output.error(inOneLine(loaded.error, path), { issues: loaded.error });
    return 1;
  }
  const balancer = await startBalancer(loaded.value, file, output, wishes);
  if (!balancer.ok) return failed(output, balancer.error);
  const { served, scenarios } = balancer.value;
  if (wishes.scenario) {
    const begun = await scenarios.play(wishes.scenario.name, wishes.scenario.seed);
    if (!begun.ok) return failed(output, asReason(begun.error.message));
  }
  process.on('SIGHUP', () => void served.readAgain(true));
  file.watch(() => void served.readAgain(false));
  const signal = await untilSignal();
  return stopWithin(output, signal, balancer.value.engine, async () => {
    await file.stop();
    await balancer.value.stop();
  });
}

/** The same with five demo backends. */
export async function serveDemo(
  output: Output,
  wishes: Pick<ServeWishes, 'control' | 'isQuiet'>,
): Promise<number> {
  const demo = await startDemoBackends();
  const loaded = parseInternal(demo.configText);
  if (demo.port !== demo.wantedPort) {
    const instead = demo.port === 0 ? 'a free one' : demo.port;
    output.note(`port ${demo.wantedPort} is taken, so the demo listens on ${instead}`, 'port-taken');
  }
  const balancer = await startBalancer(loaded, null, output, { ...wishes, allowsCommands: false });
  if (!balancer.ok) return failed(output, balancer.error);
  process.on('SIGHUP', () => output.note('the demo has no config to read again', 'config-unchanged'));
  const signal = await untilSignal();
  return stopWithin(output, signal, balancer.value.engine, async () => {
    await balancer.value.stop();
    await demo.stop();
  });
}

export interface ServeWishes {
  readonly control: ControlWish | null;
  /** Whether failed requests go without a line. */
  readonly isQuiet: boolean;
  /** Whether the commands in the file may run. */
  readonly allowsCommands: boolean;
  /** Played once everything listens. */
  readonly scenario?: ScenarioWish | null;
  /** Whether somebody else makes the report of a scenario. */
  readonly isReportedElsewhere?: boolean;
}

interface Balancer {
  readonly engine: Engine;
  readonly served: ServedConfig;
  readonly scenarios: ScenarioDesk;
  stop(): Promise<void>;
}

/** Everything but what ends it. */
export async function startBalancer(
  loaded: LoadedConfig,
  file: ConfigFile | null,
  output: Output,
  wishes: ServeWishes,
): Promise<Result<Balancer, string>> {
  let control: RunningControl | null = null;
  let scenarios: ScenarioDesk | null = null;
  const failures = wishes.isQuiet ? null : new FailedRequestLog(output, systemClock);
  const engine = new Engine((say) => {
    if (say.push !== 'event') return;
    output.event(say.payload);
    control?.tell(say.payload);
    scenarios?.tell(say.payload);
  }, failures?.add);
  const processes = file && new ServedProcesses(engine, output, file.path, wishes.allowsCommands);
  const refusal = processes?.refusal(loaded.config);
  if (refusal) return fail(refusal);
  const config = processes?.forEngine(loaded.config) ?? loaded.config;
  const applied = await engine.apply({ config, options: { keepGoing: false } });
  if (!applied.ok) return fail(applied.error.message);
  const served = new ServedConfig({ engine, output, file, processes }, loaded);
  const onReport = (report: ScenarioReport) =>
    output.note(`scenario ${report.scenario} ${verdictWords(report)}`, 'scenario-report');
  const desk = createScenarioDesk(
    engine,
    processes,
    () => served.config,
    wishes.isReportedElsewhere ? null : onReport,
  );
  scenarios = desk;
  if (wishes.control) {
    const started = await startControl(
      wishes.control,
      { engine, desk: served, scenarios: desk, processes: processes ?? NO_PROCESSES },
      output,
    );
    if (!started.ok) return started;
    control = started.value;
  }
  output.listening(await engine.snapshot(null));
  const stop = async () => {
    await control?.stop();
    await desk.stop();
    await served.stop();
    await engine.stop({ graceMs: GRACE_MS });
    failures?.stop();
    await processes?.stop();
  };
  return ok({ engine, served, scenarios: desk, stop });
}

/** The process ends with this, and with it whatever has been opened so far. */
function failed(output: Output, reason: string): number {
  output.error(reason);
  return 1;
}

/** A sentence, as the end of a line that begins otherwise. */
export function asReason(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1).replace(/\.$/, '');
}

/** Stops after a signal, and says what it waits for. A second signal cuts that; a third ends the process at once. */
async function stopWithin(
  output: Output,
  signal: StopSignal,
  engine: Engine,
  stop: () => Promise<void>,
): Promise<number> {
  const second = untilSignal();
  output.note('stopping', 'stopping');
  const waiting = describeInFlight(engine.inFlight());
  if (waiting !== null) {
    const how = signal === 'SIGINT' ? 'press Ctrl-C again to cut' : 'a second signal cuts';
    const what = `waiting up to ${formatDuration(GRACE_MS)} for ${waiting}; ${how} them`;
    output.note(what, 'waiting');
  }
  const stopped = stop();
  const isCut = await Promise.race([stopped.then(() => false), second.then(() => true)]);
  if (!isCut) return 0;
  const limit = new Promise((resolve) => setTimeout(resolve, CUT_MS));
  await Promise.race([Promise.all([engine.stop({ graceMs: 0 }), stopped]), limit, untilSignal()]);
  return 0;
}

/** `1 WebSocket and 2 responses`; null for nothing. */
function describeInFlight({ webSockets, otherTunnels, responses }: InFlight): string | null {
  const parts = [
    counted(webSockets, 'WebSocket'),
    counted(otherTunnels, 'upgraded connection'),
    counted(responses, 'response'),
  ].flatMap((part) => part ?? []);
  const last = parts.pop();
  if (last === undefined) return null;
  return parts.length === 0 ? last : `${parts.join(', ')} and ${last}`;
}

function counted(count: number, what: string): string | null {
  return count === 0 ? null : `${count} ${what}${count === 1 ? '' : 's'}`;
}

type StopSignal = 'SIGINT' | 'SIGTERM';

function untilSignal(): Promise<StopSignal> {
  return new Promise((resolve) => {
    const end = (signal: StopSignal) => {
      process.off('SIGINT', end);
      process.off('SIGTERM', end);
      resolve(signal);
    };
    process.on('SIGINT', end);
    process.on('SIGTERM', end);
  });
}
