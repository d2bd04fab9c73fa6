import type { Config } from '../../shared/config.ts';
import type { Result } from '../../shared/result.ts';
import type { Engine } from '../engine/engine.ts';
import { inOneLine, type Trouble } from './load-config.ts';
import type { Output } from './output.ts';

/** Puts changed configs in force one at a time: a save and a SIGHUP at once must not bind one port twice. */
export class Reloader {
  readonly #engine: Engine;
  readonly #output: Output;
  readonly #path: string;
  #turn: Promise<void> = Promise.resolve();
  #isStopped = false;

  constructor(engine: Engine, output: Output, path: string) {
    this.#engine = engine;
    this.#output = output;
    this.#path = path;
  }

  /** @param isAsked whether the user waits for an answer, even if nothing has changed */
  reload(read: () => Promise<Result<Config, Trouble>>, isAsked: boolean): void {
    this.#turn = this.#turn.then(async () => {
      if (this.#isStopped) return;
      const config = await read();
      if (!config.ok) return this.#refuse(inOneLine(config.error, this.#path));
      const before = this.#output.reloads;
      const applied = await this.#engine.apply({ config: config.value, options: { keepGoing: false } });
      if (!applied.ok) return this.#refuse(applied.error.message);
      if (isAsked && this.#output.reloads === before) {
        this.#output.note('config reloaded: nothing has changed', 'config-unchanged');
      }
      this.#output.listening(await this.#engine.snapshot(null));
    });
  }

  /** Nothing is reloaded from here on; resolves when a reload under way has ended. */
  stop(): Promise<void> {
    this.#isStopped = true;
    return this.#turn;
  }

  #refuse(reason: string): void {
    this.#output.note(`config not reloaded, the old one stays: ${reason}`, 'config-rejected');
  }
}
