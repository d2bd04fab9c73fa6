import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pass } from 'node:timers/promises';
import type { OutputStream } from '../../../shared/view/output-line.ts';
import type { Guardian } from './guardian.ts';
import type { Exit } from './instance-state.ts';

/** What is run, and where. */
export interface ProcessOrder {
  /** As a user would type it. */
  readonly command: string;
  /** Absolute. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export interface GroupEvents {
  onOutput(stream: OutputStream, bytes: Uint8Array): void;
  /** The command has ended, and with it what it had started. Called once. */
  onExit(exit: Exit): void;
}

export type GroupSignal = 'SIGTERM' | 'SIGKILL' | 'SIGSTOP' | 'SIGCONT';

/**
 * Waits for a line before it becomes the command: until then the guardian may not know of it, and when this process
 * ends first, the line never comes. `read` takes no byte beyond the line, so that the command's input is its own.
 */
const GATE = 'read -r go || exit 1; exec /bin/sh -c "$1"';

/** How often it is looked whether the rest of a group has ended. */
const LOOK_MS = 20;
/** A process that left the group may keep the command's output open; nobody waits for its end longer than this. */
const OUTPUT_MS = 500;

/** A command with all that it starts, in a process group of its own. */
export class ProcessGroup {
  readonly #child: ChildProcess;
  readonly #guardian: Guardian;
  readonly #events: GroupEvents;
  readonly #outputEnds: Promise<unknown>;
  #isTerminating = false;
  #isKilled = false;
  #isOver = false;

  constructor(order: ProcessOrder, guardian: Guardian, events: GroupEvents) {
    this.#guardian = guardian;
    this.#events = events;
    const { command, cwd, env } = order;
    const options = { cwd, env, detached: true, windowsHide: true, stdio: 'pipe' } as const;
    const child = isWindows
      ? spawn(command, { ...options, shell: true })
      : spawn('/bin/sh', ['-c', GATE, 'sh', command], options);
    this.#child = child;
    child.stdout.on('data', (bytes: Buffer) => events.onOutput('stdout', bytes));
    child.stderr.on('data', (bytes: Buffer) => events.onOutput('stderr', bytes));
    // Its input stays open and silent: many development servers end when theirs does.
    child.stdin.on('error', () => undefined);
    this.#outputEnds = once(child, 'close').catch(() => undefined);
    if (child.pid === undefined) {
      child.once('error', (error) => events.onExit({ kind: 'not-started', reason: reasonOf(error, cwd) }));
      return;
    }
    const { pid } = child;
    child.on('error', () => undefined);
    child.once('exit', (code, signal) => {
      void this.#windUp(
        pid,
        signal === null ? { kind: 'code', code: code ?? 0 } : { kind: 'signal', signal },
      );
    });
    void guardian.watch(pid).then(() => child.stdin.write('\n'));
  }

  /** Of the shell that runs the command, and of the group. Undefined when it could not be started. */
  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** To all of it; Windows knows no SIGSTOP and no SIGCONT, there they do nothing. */
  signal(signal: GroupSignal): void {
    const { pid } = this.#child;
    if (pid === undefined || this.#isOver) return;
    if (signal === 'SIGTERM') this.#isTerminating = true;
    if (signal === 'SIGKILL') this.#isKilled = true;
    if (!isWindows) killGroup(pid, signal);
    else if (signal === 'SIGTERM' || signal === 'SIGKILL') killTree(pid, signal === 'SIGKILL');
  }

  /** The shell has ended; the service it ran may not have. */
  async #windUp(pid: number, exit: Exit): Promise<void> {
    // Asked to end, the rest has the time until it is killed; after a crash it would only keep the port.
    while (this.#isTerminating && !this.#isKilled && hasMembers(pid)) await pass(LOOK_MS);
    const needsKill = hasMembers(pid);
    if (needsKill) killGroup(pid, 'SIGKILL');
    this.#isOver = true;
    this.#guardian.forget(pid);
    await Promise.race([this.#outputEnds, pass(OUTPUT_MS, null, { ref: false })]);
    this.#events.onExit(this.#isTerminating && needsKill ? { kind: 'signal', signal: 'SIGKILL' } : exit);
  }
}

const isWindows = process.platform === 'win32';

function killGroup(pid: number, signal: GroupSignal): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // ESRCH: nobody is left in it.
  }
}

function hasMembers(group: number): boolean {
  if (isWindows) return false;
  try {
    return process.kill(-group, 0);
  } catch {
    return false;
  }
}

function killTree(pid: number, isForced: boolean): void {
  const args = ['/PID', String(pid), '/T', ...(isForced ? ['/F'] : [])];
  spawn('taskkill.exe', args, { stdio: 'ignore', windowsHide: true }).on('error', () => undefined);
}

function reasonOf(error: Error, cwd: string): string {
  const code = 'code' in error ? error.code : '';
  // Node says ENOENT of the shell when it is the folder that is missing.
  if (code === 'ENOENT' || code === 'ENOTDIR') return `there is no folder ${cwd}`;
  return code === 'EACCES' ? `the folder ${cwd} may not be entered` : error.message;
}
