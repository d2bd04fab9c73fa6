import { readFile, rm } from 'node:fs/promises';
import { writeFile } from 'atomically';
import { Turns } from '../../shared/calls/turns.ts';
import type { EngineEvent } from '../../shared/view/engine-event.ts';
import type { ControlView } from '../../shared/view/settings-view.ts';
import type { ControlledEngine } from '../services/control/backend-calls.ts';
import type { ConfigDesk } from '../services/control/config-desk.ts';
import type { ControlAddress } from '../services/control/control-address.ts';
import { ControlServer } from '../services/control/control-server.ts';
import { type InstancesFolder, writeInstanceFile } from '../services/control/instance-file.ts';
import type { ControlledProcesses } from '../services/control/process-calls.ts';
import type { ControlledScenarios } from '../services/control/scenario-calls.ts';
import { createToken, readToken } from '../services/control/token.ts';

/** A request that takes longer to send is not one of a program on this machine. */
const REQUEST_TIMEOUT_MS = 5_000;

export interface AppControlParts {
  /** What is controlled. */
  readonly engine: ControlledEngine;
  readonly desk: ConfigDesk;
  readonly scenarios: ControlledScenarios;
  readonly processes: ControlledProcesses;
  readonly version: string;
  /** Of the file that keeps the token, so that scripts go on working after a restart. */
  readonly tokenPath: string;
  /** Where the command line looks for instances. */
  readonly instancesFolder: InstancesFolder;
  readonly onChange: () => void;
}

interface Running {
  readonly token: string;
  readonly url: string;
  readonly server: ControlServer;
  /** Null where no word could be left. */
  readonly wordPath: string | null;
}

/** The control API of the app, which the user turns on and off. Changes take turns. */
export class AppControl {
  readonly #parts: AppControlParts;
  #view: ControlView = { kind: 'off' };
  #address: ControlAddress | null = null;
  #running: Running | null = null;
  #isStopped = false;
  readonly #turns = new Turns();

  constructor(parts: AppControlParts) {
    this.#parts = parts;
  }

  get view(): ControlView {
    return this.#view;
  }

  /** What callers have to show, and where; null while it is off. Not for the window. */
  get access(): { readonly token: string; readonly url: string } | null {
    return this.#running;
  }

  /** @param address null for off. Resolves when it is as asked, or `view` says why not */
  set(address: ControlAddress | null): Promise<void> {
    return this.#turns.take(async () => {
      const isSame = JSON.stringify(address) === JSON.stringify(this.#address);
      if (isSame && this.#view.kind !== 'failed') return;
      // What is asked for while the app quits would be left behind: the server's word, and the token in it.
      if (this.#isStopped && address !== null) return;
      this.#address = address;
      await this.#restart();
    });
  }

  /** The old token opens nothing from here on, and whoever reads events with it is cut off. */
  renewToken(): Promise<void> {
    return this.#turns.take(async () => {
      if (this.#isStopped) return;
      await rm(this.#parts.tokenPath, { force: true });
      await this.#restart();
    });
  }

  /** For whoever reads along. */
  tell(event: EngineEvent): void {
    this.#running?.server.tell(event);
  }

  /** For good. */
  stop(): Promise<void> {
    this.#isStopped = true;
    return this.set(null);
  }

  async #restart(): Promise<void> {
    const running = this.#running;
    this.#running = null;
    if (running?.wordPath) await rm(running.wordPath, { force: true });
    await running?.server.stop();
    if (!this.#address) {
      this.#show({ kind: 'off' });
      return;
    }
    this.#show({ kind: 'starting' });
    try {
      this.#show(await this.#start(this.#address));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#show({ kind: 'failed', reason: `The control API could not be opened: ${reason}` });
    }
  }

  async #start(address: ControlAddress): Promise<ControlView> {
    const { tokenPath, instancesFolder, onChange: _, ...controlled } = this.#parts;
    const token = await keptToken(tokenPath);
    const server = new ControlServer({ ...controlled, token, requestTimeoutMs: REQUEST_TIMEOUT_MS });
    const url = await server.start(address);
    if (!url.ok) return { kind: 'failed', reason: `${url.error}.` };
    // Without it the command line needs --control and --token, which are shown.
    const instance = { pid: process.pid, url: url.value, token };
    const written = await writeInstanceFile(instancesFolder, instance);
    this.#running = { server, wordPath: written.ok ? written.value : null, token, url: url.value };
    return { kind: 'on', url: url.value };
  }

  #show(view: ControlView): void {
    this.#view = view;
    this.#parts.onChange();
  }
}

/** The token of the last time; a new one where there is none that could be one. */
async function keptToken(path: string): Promise<string> {
  const kept = readToken(await readFile(path, 'utf8').catch(() => ''), path);
  if (kept.ok) return kept.value;
  const token = createToken();
  await writeFile(path, `${token}\n`, { mode: 0o600 });
  return token;
}
