import { type ChildProcess, spawn } from 'node:child_process';
import type { Clock } from '../../engine/system/clock.ts';
import { guardianCommand } from './guardian-command.ts';

/** A guardian that dies is followed by another, but not in a tight loop. */
const RESTART_MS = 100;

/**
 * Sees to it that no process outlives Switchyard, even when that is killed and can do nothing any more: a process apart
 * holds the other end of a pipe, and when the pipe closes it kills every group it was told of.
 */
export class Guardian {
  readonly #clock: Clock;
  readonly #groups = new Set<number>();
  #child: ChildProcess | null = null;
  #cancelRestart: (() => void) | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The process that watches; null while there is none. */
  get pid(): number | null {
    return this.#child?.pid ?? null;
  }

  /** Resolves once the guardian would know of the group even if this process ended now. */
  watch(group: number): Promise<void> {
    this.#groups.add(group);
    if (!this.#child) {
      // Started with the first group; what is written waits in its pipe.
      return this.#begin();
    }
    return this.#tell(`watch ${group}\n`);
  }

  /** The group has ended: its id may soon be somebody else's. */
  forget(group: number): void {
    this.#groups.delete(group);
    void this.#tell(`forget ${group}\n`);
  }

  /** It ends, and with it whatever it still watches. */
  stop(): void {
    this.#cancelRestart?.();
    this.#groups.clear();
    const child = this.#child;
    this.#child = null;
    child?.stdin?.end();
  }

  #begin(): Promise<void> {
    this.#cancelRestart?.();
    const { file, args } = guardianCommand(process.platform);
    // In a session of its own: a Ctrl-C in the terminal is for Switchyard alone.
    const child = spawn(file, args, {
      detached: true,
      windowsHide: true,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    this.#child = child;
    const gone = () => {
      if (this.#child !== child) return;
      this.#child = null;
      if (this.#groups.size > 0)
        this.#cancelRestart = this.#clock.after(RESTART_MS, () => void this.#begin());
    };
    child.once('error', gone);
    child.once('exit', gone);
    // It may die while it is written to; its successor is told everything again.
    child.stdin.on('error', () => undefined);
    child.unref();
    return this.#tell([...this.#groups].map((group) => `watch ${group}\n`).join(''));
  }

  #tell(lines: string): Promise<void> {
    const input = this.#child?.stdin;
    if (!input?.writable) return Promise.resolve();
    return new Promise((resolve) => {
      input.write(lines, () => resolve());
    });
  }
}
