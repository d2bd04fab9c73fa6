import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from './until.ts';

const CLI = join(import.meta.dirname, '../../dist/cli.js');

/** The built command line in a process of its own, and what it has said so far. */
export class CliRun {
  readonly child: ChildProcess;
  out = '';
  err = '';
  readonly exited: Promise<number | null>;

  /** @param cli the script to run, where it is not the built one */
  constructor(args: readonly string[], env: NodeJS.ProcessEnv, cli = CLI) {
    this.child = spawn(process.execPath, [cli, ...args], { stdio: ['ignore', 'pipe', 'pipe'], env });
    this.child.stdout?.on('data', (bytes) => {
      this.out += String(bytes);
    });
    this.child.stderr?.on('data', (bytes) => {
      this.err += String(bytes);
    });
    this.exited = once(this.child, 'close').then(([code]) => code);
  }

  /** Waits until it is ready, and returns the first URL it listens on. */
  async listening(): Promise<string> {
    await until(
      () => `it listens; it said ${this.err}`,
      () => this.out.includes('\n'),
    );
    return /http:\/\/[\d.]+:\d+/.exec(this.out)?.[0] ?? '';
  }

  async says(pattern: RegExp): Promise<void> {
    await until(
      () => `it says ${String(pattern)}; it said ${this.out}${this.err}`,
      () => pattern.test(this.out + this.err),
    );
  }
}

/** A folder with configs, and the processes started on them. */
export class CliBench {
  readonly folder = mkdtempSync(join(tmpdir(), 'switchyard-cli-'));
  readonly #runs: CliRun[] = [];

  run(...args: string[]): CliRun {
    return this.runWith({}, ...args);
  }

  /** What instances leave word of stays in this folder. */
  runWith(env: NodeJS.ProcessEnv, ...args: string[]): CliRun {
    const started = new CliRun(args, { ...process.env, XDG_RUNTIME_DIR: this.folder, ...env });
    this.#runs.push(started);
    return started;
  }

  /** Writes a config and returns its path. */
  config(value: object | string, name = 'config.json'): string {
    const path = join(this.folder, name);
    writeFileSync(path, typeof value === 'string' ? value : JSON.stringify(value));
    return path;
  }

  async stop(): Promise<void> {
    for (const one of this.#runs) {
      one.child.kill('SIGKILL');
      await one.exited;
    }
    rmSync(this.folder, { recursive: true });
  }
}
