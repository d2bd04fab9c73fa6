import { createHash } from 'node:crypto';
import type { ConfigIssue } from '../../shared/config.ts';
import type { ConfigFailure } from '../../shared/contract.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { ConfigFile } from '../config/config-file.ts';
import { parseConfig } from '../config/parse.ts';
import type { ConfigDesk, ConfigInForce } from '../control/config-desk.ts';
import type { Engine } from '../engine/engine.ts';
import { inOneLine, type LoadedConfig, troubleOf } from './load-config.ts';
import type { Output } from './output.ts';

type Outcome = Result<ConfigInForce, ConfigFailure>;

/** The config that is served. Changes take turns: a save and a SIGHUP at once must not bind one port twice. */
export class ServedConfig implements ConfigDesk {
  readonly #engine: Engine;
  readonly #output: Output;
  /** Null for the demo, which is in no file. */
  readonly #file: ConfigFile | null;
  #served: LoadedConfig;
  /** What the file holds was read and could not be put in force; somebody may be halfway through writing it. */
  #isFileRefused = false;
  #turn: Promise<unknown> = Promise.resolve();
  #isStopped = false;

  constructor(engine: Engine, output: Output, file: ConfigFile | null, served: LoadedConfig) {
    this.#engine = engine;
    this.#output = output;
    this.#file = file;
    this.#served = served;
  }

  current(): ConfigInForce {
    const { text } = this.#served;
    // The text itself names it, so that a revision means the same after a restart.
    const revision = createHash('sha256').update(text).digest('base64url').slice(0, 22);
    return { text, revision, path: this.#file?.path ?? null };
  }

  reload(): Promise<Outcome> {
    return this.readAgain(true);
  }

  /** @param isAsked whether the user waits for an answer, even if nothing has changed */
  readAgain(isAsked: boolean): Promise<Outcome> {
    return this.#inTurn(async () => {
      const file = this.#file;
      if (!file) return fail({ code: 'not-applied', message: 'The demo has no config to read again.' });
      const text = await file.load();
      this.#isFileRefused = false;
      if (!text.ok) return this.#refuse(text.error, [{ path: '', keys: [], message: text.error }]);
      const config = parseConfig(text.value);
      if (!config.ok) {
        this.#isFileRefused = true;
        return this.#refuse(inOneLine(troubleOf(config.error, file.path), file.path), config.error);
      }
      const before = this.#output.reloads;
      const applied = await this.#apply({ text: text.value, config: config.value });
      this.#isFileRefused = !applied.ok;
      if (!applied.ok) this.#tellOld(applied.error.message);
      else if (isAsked && this.#output.reloads === before) {
        this.#output.note('config reloaded: nothing has changed', 'config-unchanged');
      }
      return applied;
    });
  }

  replace(text: string, revision: string | null): Promise<Outcome> {
    return this.#inTurn(async () => {
      if (revision !== null && revision !== this.current().revision) {
        return fail(conflict('The config is another by now; read it again, and make your change to that.'));
      }
      const config = parseConfig(text);
      if (!config.ok) return fail({ code: 'invalid', issues: config.error });
      const file = this.#file;
      // Before anything is in force that could not be kept.
      if (file && !(await file.isUnchanged())) {
        return fail(conflict(`${file.path} was changed by another program meanwhile; reload it first.`));
      }
      if (file && this.#isFileRefused) {
        return fail(
          conflict(`${file.path} holds another config that could not be used; mend it, and reload it first.`),
        );
      }
      const before = this.#served;
      const applied = await this.#apply({ text, config: config.value });
      if (!applied.ok || !file) return applied;
      const saved = await file.save(text);
      if (saved.ok) return applied;
      await this.#apply(before);
      return fail({ code: 'not-saved', message: saved.error });
    });
  }

  /** Nothing changes from here on; resolves when a change under way has ended. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#turn;
  }

  async #apply(next: LoadedConfig): Promise<Result<ConfigInForce, NotApplied>> {
    const applied = await this.#engine.apply({ config: next.config, options: { keepGoing: false } });
    if (!applied.ok) return fail({ code: 'not-applied', message: applied.error.message });
    this.#served = next;
    this.#output.listening(await this.#engine.snapshot(null));
    return ok(this.current());
  }

  #refuse(reason: string, issues: readonly ConfigIssue[]): Outcome {
    this.#tellOld(reason);
    return fail({ code: 'invalid', issues });
  }

  #tellOld(reason: string): void {
    this.#output.note(`config not reloaded, the old one stays: ${reason}`, 'config-rejected');
  }

  #inTurn(work: () => Promise<Outcome>): Promise<Outcome> {
    const result = this.#turn.then(() =>
      this.#isStopped
        ? fail<ConfigFailure>({ code: 'not-applied', message: 'The balancer is stopping.' })
        : work(),
    );
    this.#turn = result.catch(() => undefined);
    return result;
  }
}

type NotApplied = Extract<ConfigFailure, { readonly code: 'not-applied' }>;

function conflict(message: string): ConfigFailure {
  return { code: 'conflict', message };
}
