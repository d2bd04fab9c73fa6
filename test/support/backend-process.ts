import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A backend in a process of its own, killed and started again like a developer's. */
export class BackendProcess {
  readonly name: string;
  port = 0;
  #child: ChildProcess | null = null;

  readonly #script: string;

  /** @param script a file of this folder that takes a port and a name, and prints the port it listens on */
  constructor(name: string, script = 'backend-process.mjs') {
    this.name = name;
    this.#script = fileURLToPath(new URL(script, import.meta.url));
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Resolves when it listens; on the same port as before when it ran before. */
  async start(): Promise<this> {
    const child = spawn(process.execPath, [this.#script, String(this.port), this.name], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#child = child;
    const [line] = await once(child.stdout, 'data');
    this.port = Number(String(line));
    return this;
  }

  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (!child) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
}
