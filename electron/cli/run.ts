import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import type { Config } from '../../shared/config/config.ts';
import { verdictWords } from '../../shared/text/verdict-words.ts';
import type { ScenarioReport } from '../../shared/view/scenario-report.ts';
import type { Snapshot } from '../../shared/view/snapshot.ts';
import type { Engine } from '../engine/core/engine.ts';
import { writePrivateFile } from '../engine/system/private-files.ts';
import { ConfigFile } from '../services/config/config-file.ts';
import { writerFor } from '../services/scenarios/report-format.ts';
import { unknownScenario } from '../services/scenarios/scenario-desk.ts';
import { inOneLine, loadConfig } from './load-config.ts';
import { Output } from './output.ts';
import type { ScenarioWish } from './scenario.ts';
import { asReason, startBalancer } from './serve.ts';

/** How often it is looked whether everything is up, and for how long: then the command runs all the same. */
const LOOK_MS = 50;
const READY_LIMIT_MS = 30_000;
/** The exit code that tells broken limits from all else. */
const LIMITS_BROKEN = 3;

export interface RunWish {
  readonly config: string;
  readonly scenario: ScenarioWish;
  /** The files the report is written to; how, their names say. */
  readonly reports: readonly string[];
  readonly allowsCommands: boolean;
  /** The command and its arguments, for the system and not for a shell. */
  readonly argv: readonly string[];
}

/**
 * Balances, and runs a command while a scenario plays. The command finds the balancer at `SWITCHYARD_URL`. Resolves with
 * the command's exit code, or with that of a shell when a signal ended it: 128 and the signal's number. Where the command
 * was content and a limit of the scenario was broken, with 3.
 */
export async function runWithScenario(wish: RunWish): Promise<number> {
  // What the command prints stays its own.
  const output = new Output(false, process.stderr);
  const file = new ConfigFile(wish.config, { mayBePipe: true });
  const loaded = await loadConfig(file);
  if (!loaded.ok) {
    output.error(inOneLine(loaded.error, wish.config), { issues: loaded.error });
    return 1;
  }
  const { config } = loaded.value;
  const { name, seed } = wish.scenario;
  // Before anything is waited for.
  if (!config.scenarios.some((one) => one.name === name)) {
    output.error(asReason(unknownScenario(name, config.scenarios)));
    return 2;
  }
  const balancer = await startBalancer(loaded.value, file, output, {
    control: null,
    // A scenario makes requests fail on purpose; its report counts them.
    isQuiet: true,
    allowsCommands: wish.allowsCommands,
    isReportedElsewhere: true,
  });
  if (!balancer.ok) {
    output.error(balancer.error);
    return 1;
  }
  const { engine, scenarios } = balancer.value;
  const isReady = await untilReady(engine, config);
  if (!isReady) output.note('not every backend is up; going on all the same', 'not-ready');
  const url = urlOf(await engine.snapshot(null));
  const begun = await scenarios.play(name, seed);
  if (!begun.ok) {
    output.error(asReason(begun.error.message));
    await balancer.value.stop();
    return 2;
  }
  const exitCode = await runCommand(wish.argv, url, output);
  // What is undone from here on is not part of it.
  const report = await scenarios.finish({ argv: wish.argv, exitCode });
  const hasWritten = report !== null && (await writeReports(wish.reports, report, output));
  await balancer.value.stop();
  if (exitCode !== 0) return exitCode;
  if (!hasWritten) return 1;
  return report.verdict === 'failed' ? LIMITS_BROKEN : 0;
}

/** Every backend of the config is there and has been probed, unless it is not checked. @returns false when it took too long */
async function untilReady(engine: Engine, config: Config): Promise<boolean> {
  const deadline = performance.now() + READY_LIMIT_MS;
  while (performance.now() < deadline) {
    const { pools } = await engine.snapshot(null);
    const isReady = config.pools.every(({ name, backends, commands }) => {
      const found = pools.find((one) => one.name === name)?.backends ?? [];
      const wanted = commands.reduce((sum, { instances }) => sum + instances, backends.length);
      return (
        found.length >= wanted &&
        found.every(({ health }) => health.health !== 'unknown' || health.reason !== '')
      );
    });
    if (isReady) return true;
    await wait(LOOK_MS);
  }
  return false;
}

function urlOf({ listeners }: Snapshot): string {
  const [first] = listeners;
  if (first?.state.kind !== 'listening') return '';
  return `${first.tls ? 'https' : 'http'}://127.0.0.1:${first.state.port}`;
}

async function runCommand(
  [file = '', ...args]: readonly string[],
  url: string,
  output: Output,
): Promise<number> {
  const child = spawn(file, args, { stdio: 'inherit', env: { ...process.env, SWITCHYARD_URL: url } });
  // A terminal sends its signals to the command too; one sent to this process alone is passed on.
  const pass = (signal: NodeJS.Signals) => child.kill(signal);
  process.on('SIGINT', pass);
  process.on('SIGTERM', pass);
  try {
    return await new Promise<number>((resolve, reject) => {
      child.once('exit', (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)));
      child.once('error', reject);
    });
  } catch (error) {
    output.error(`${file} cannot be run: ${error instanceof Error ? error.message : String(error)}`);
    return 127;
  } finally {
    process.off('SIGINT', pass);
    process.off('SIGTERM', pass);
  }
}

async function writeReports(
  paths: readonly string[],
  report: ScenarioReport,
  output: Output,
): Promise<boolean> {
  for (const path of paths) {
    try {
      await writePrivateFile(path, writerFor(path)?.(report) ?? '');
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      output.error(`the report cannot be written to ${path}: ${reason}`);
      return false;
    }
  }
  const failed = report.incidents.reduce((sum, { clientErrors }) => sum + clientErrors, 0);
  const rescued = report.incidents.reduce((sum, one) => sum + one.rescued, 0);
  const count = report.incidents.length;
  output.note(
    `${count} incident${count === 1 ? '' : 's'}: ${failed} requests failed, ${rescued} rescued; the report is in ${paths.join(', ')}`,
    'report',
  );
  if (report.verdict !== 'unjudged')
    output.note(`scenario ${report.scenario} ${verdictWords(report)}`, 'verdict');
  return true;
}
