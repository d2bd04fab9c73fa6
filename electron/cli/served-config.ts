import { fail, ok, type Result } from '../../shared/calls/result.ts';
import type { Config, ConfigIssue } from '../../shared/config/config.ts';
import type { ConfigFailure } from '../../shared/config/config-document.ts';
import type { Engine } from '../engine/core/engine.ts';
import type { ConfigFile } from '../services/config/config-file.ts';
import { type ConfigDesk, type ConfigInForce, revisionOf } from '../services/control/config-desk.ts';
import { ConfigCertificates } from '../services/tls/config-certificates.ts';
import { certificateFolder, folderOf, inOneLine, type LoadedConfig, troubleOf } from './load-config.ts';
import type { Output } from './output.ts';
import type { ServedProcesses } from './served-processes.ts';

type Outcome = Result<ConfigInForce, ConfigFailure>;

/** The config that is served. Changes take turns: a save and a SIGHUP at once must not bind one port twice. */
export class ServedConfig implements ConfigDesk {
  readonly #engine: Engine;
  readonly #output: Output;
  /** Null for the demo, which is in no file. */
  readonly #file: ConfigFile | null;
  /** Null for the demo, which has no commands. */
  readonly #processes: ServedProcesses | null;
  #served: LoadedConfig;
  /** What the file holds was read and could not be put in force; somebody may be halfway through writing it. */
  #isFileRefused = false;
  #turn: Promise<unknown> = Promise.resolve();
  readonly #certificates = new ConfigCertificates(certificateFolder(), () => void this.#renew());
  #isStopped = false;

  constructor(parts: ServedParts, served: LoadedConfig) {
    this.#engine = parts.engine;
    this.#output = parts.output;
    this.#file = parts.file;
    this.#processes = parts.processes;
    this.#served = served;
    this.#processes?.onMembers(() => void this.#refresh());
    this.#processes?.apply(served.config);
    this.#certificates.follow(served.config, folderOf(this.#file));
  }

  /** In force. */
  get config(): Config {
    return this.#served.config;
  }

  current(): ConfigInForce {
    const { text } = this.#served;
    return { text, revision: revisionOf(text), path: this.#file?.path ?? null };
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
      const config = await this.#certificates.read(text.value, folderOf(file));
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
      const file = this.#file;
      const config = await this.#certificates.read(text, folderOf(file));
      if (!config.ok) return fail({ code: 'invalid', issues: config.error });
      // Before anything is in force that could not be kept.
      if (file && !(await file.isUnchanged())) {
        return fail(conflict(`${file.path} was changed by another program meanwhile; reload it first.`));
      }
      if (file && this.#isFileRefused) {
        return fail(
          conflict(`${file.path} holds another config that could not be used; mend it, and reload it first.`),
        );
      }
      // The user allowed the commands of the file, not those of whoever may talk to the control server.
      if (this.#processes?.hasNewCommands(config.value)) {
        return fail({
          code: 'not-applied',
          message: 'Commands are taken from the config file alone; write them there, and reload it.',
        });
      }
      const refusal = await file?.refusal();
      if (refusal) return fail({ code: 'not-saved', message: refusal });
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
    this.#certificates.stop();
    await this.#turn;
  }

  async #apply(next: LoadedConfig): Promise<Result<ConfigInForce, NotApplied>> {
    const refusal = this.#processes?.refusal(next.config);
    if (refusal) return fail({ code: 'not-applied', message: refusal });
    const config = this.#processes?.forEngine(next.config) ?? next.config;
    const applied = await this.#engine.apply({ config, options: { keepGoing: false } });
    if (!applied.ok) return fail({ code: 'not-applied', message: applied.error.message });
    this.#served = next;
    this.#certificates.follow(next.config, folderOf(this.#file));
    if (this.#processes?.apply(next.config)) this.#output.commandsChanged();
    this.#output.listening(await this.#engine.snapshot(null));
    return ok(this.current());
  }

  /** The same config, with the instances that there are by the time it is its turn. */
  #refresh(): Promise<Outcome> {
    return this.#inTurn(async () => {
      const config = this.#processes?.forEngine(this.#served.config) ?? this.#served.config;
      this.#output.isInstanceChange = true;
      const applied = await this.#engine.apply({ config, options: { keepGoing: true } });
      this.#output.isInstanceChange = false;
      return applied.ok ? ok(this.current()) : fail({ code: 'not-applied', message: applied.error.message });
    });
  }

  /** The files of a certificate may have changed: those who connect from now on get the new one. */
  #renew(): Promise<Outcome> {
    return this.#inTurn(async () => {
      const { text, config } = this.#served;
      const renewal = await this.#certificates.renew(config, text, folderOf(this.#file));
      if (renewal.kind === 'same') return ok(this.current());
      if (renewal.kind === 'renewed') return this.#apply({ text, config: renewal.config });
      if (renewal.words !== null) this.#output.note(renewal.words, 'certificate-rejected');
      return fail({ code: 'invalid', issues: renewal.issues });
    });
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

interface ServedParts {
  readonly engine: Engine;
  readonly output: Output;
  /** Null for the demo, which is in no file. */
  readonly file: ConfigFile | null;
  readonly processes: ServedProcesses | null;
}

type NotApplied = Extract<ConfigFailure, { readonly code: 'not-applied' }>;

function conflict(message: string): ConfigFailure {
  return { code: 'conflict', message };
}
