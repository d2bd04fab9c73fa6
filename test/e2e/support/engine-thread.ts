import type { Worker } from 'node:worker_threads';
import type { ElectronApplication } from 'playwright';

/** In main: the thread it has called last, and whether one that is called is to end. */
interface Held {
  thread: Worker | null;
  isDoomed: boolean;
}

/** The engine's thread in the app's main process, which has no name there: it is known by the next call that goes to it. */
export class EngineThread {
  readonly #app: ElectronApplication;

  constructor(app: ElectronApplication) {
    this.#app = app;
  }

  /** From here on, whatever thread main calls is taken for the engine's: send no traffic from the window. */
  async hold(): Promise<void> {
    await this.#app.evaluate(() => {
      const { prototype } = process.getBuiltinModule('node:worker_threads').Worker;
      const { postMessage } = prototype;
      const held: Held = { thread: null, isDoomed: false };
      Reflect.set(globalThis, 'heldEngine', held);
      prototype.postMessage = function hold(...args) {
        held.thread = this;
        postMessage.apply(this, args);
        if (held.isDoomed) void this.terminate();
      };
    });
  }

  isHeld(): Promise<boolean> {
    return this.#app.evaluate(() => (Reflect.get(globalThis, 'heldEngine') as Held).thread !== null);
  }

  /** Resolves when it has ended, and its sockets with it. */
  async kill(): Promise<void> {
    await this.#app.evaluate(async () => {
      await (Reflect.get(globalThis, 'heldEngine') as Held).thread?.terminate();
    });
  }

  /** Whether each that follows ends as soon as it is asked for something. */
  async doom(isDoomed: boolean): Promise<void> {
    await this.#app.evaluate((_, value) => {
      (Reflect.get(globalThis, 'heldEngine') as Held).isDoomed = value;
    }, isDoomed);
  }
}
