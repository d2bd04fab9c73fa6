import type { Config } from '../../shared/config/config.ts';
import type { Demo } from '../services/demo/demo-backends.ts';

/** The demo's backends: whether they run, and their end. */
export class DemoRun {
  readonly #startDemo: () => Promise<Demo>;
  #demo: Demo | null = null;
  #end: Promise<void> = Promise.resolve();

  constructor(startDemo: () => Promise<Demo>) {
    this.#startDemo = startDemo;
  }

  get isRunning(): boolean {
    return this.#demo !== null;
  }

  async start(): Promise<Demo> {
    this.#demo = await this.#startDemo();
    return this.#demo;
  }

  /** Its last answers may take a moment, which nobody has to wait for. */
  end(): void {
    if (!this.#demo) return;
    this.#end = this.#demo.stop();
    this.#demo = null;
  }

  /** Ends when nothing of it is left. */
  async stop(): Promise<void> {
    this.end();
    await this.#end;
  }

  /** Whether a config is the first that does without it. */
  isLeftBy(config: Config): boolean {
    return this.isRunning && !this.isNamedBy(config);
  }

  /** Whether a config needs its backends. */
  isNamedBy({ pools }: Config): boolean {
    const urls = this.#demo?.urls ?? [];
    return pools.some(({ backends }) => backends.some(({ origin }) => urls.includes(origin.url)));
  }
}

/** What the user should hear of where the demo listens; nothing when that is where it always does. */
export function demoNotice({ port, wantedPort }: Demo): string | null {
  if (port === wantedPort) return null;
  return `Port ${wantedPort} is taken, so the demo listens on ${port === 0 ? 'a free one' : port}.`;
}
