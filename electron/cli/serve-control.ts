import { readFile, rm } from 'node:fs/promises';
import { fail, ok, type Result } from '../../shared/calls/result.ts';
import type { EngineEvent } from '../../shared/view/engine-event.ts';
import type { Engine } from '../engine/core/engine.ts';
import type { ConfigDesk } from '../services/control/config-desk.ts';
import type { ControlAddress } from '../services/control/control-address.ts';
import { ControlServer } from '../services/control/control-server.ts';
import { instancesFolder, writeInstanceFile } from '../services/control/instance-file.ts';
import type { ControlledProcesses } from '../services/control/process-calls.ts';
import type { ControlledScenarios } from '../services/control/scenario-calls.ts';
import { createToken, readToken } from '../services/control/token.ts';
import type { Output } from './output.ts';

/** A request that takes longer to send is not one of a program on this machine. */
const REQUEST_TIMEOUT_MS = 5_000;

/** What `serve` is told about being controlled. */
export interface ControlWish {
  readonly address: ControlAddress;
  readonly tokenFile: string | null;
  readonly version: string;
}

/** What is controlled. */
export interface Controlled {
  readonly engine: Engine;
  readonly desk: ConfigDesk;
  readonly scenarios: ControlledScenarios;
  readonly processes: ControlledProcesses;
}

export interface RunningControl {
  tell(event: EngineEvent): void;
  stop(): Promise<void>;
}

/** Opens the control server, tells where it is, and leaves word for the command line. */
export async function startControl(
  wish: ControlWish,
  controlled: Controlled,
  output: Output,
): Promise<Result<RunningControl, string>> {
  const chosen = await chosenToken(wish.tokenFile, process.env['SWITCHYARD_TOKEN']);
  if (!chosen.ok) return chosen;
  const token = chosen.value ?? createToken();
  const { version } = wish;
  const server = new ControlServer({
    ...controlled,
    token,
    version,
    requestTimeoutMs: REQUEST_TIMEOUT_MS,
  });
  const url = await server.start(wish.address);
  if (!url.ok) return url;
  // A token that somebody has chosen is known to them; it need not stand in logs.
  output.control(url.value, chosen.value === null ? token : null);
  const path = await writeFileOrSay({ pid: process.pid, url: url.value, token }, output);
  return ok({
    tell: (event) => server.tell(event),
    stop: async () => {
      if (path !== null) await rm(path, { force: true });
      await server.stop();
    },
  });
}

/** From a file, else from the environment; null when nobody has chosen one. */
export async function chosenToken(
  file: string | null,
  fromEnvironment: string | undefined,
): Promise<Result<string | null, string>> {
  if (file !== null) {
    const text = await readFile(file, 'utf8').catch(() => null);
    return text === null
      ? fail(`${file} cannot be read; --token-file needs a file with the token`)
      : readToken(text, file);
  }
  return fromEnvironment === undefined ? ok(null) : readToken(fromEnvironment, 'SWITCHYARD_TOKEN');
}

async function writeFileOrSay(
  instance: Parameters<typeof writeInstanceFile>[1],
  output: Output,
): Promise<string | null> {
  const written = await writeInstanceFile(instancesFolder(process.env, process.platform), instance);
  if (written.ok) return written.value;
  // It can be controlled all the same, by whoever has the URL and the token.
  const mend = 'other commands need --control and --token-file';
  output.note(`${mend}: ${written.error}`, 'no-instance-file');
  return null;
}
