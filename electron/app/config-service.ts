import type { Config, ConfigIssue } from '../../shared/config.ts';
import type { ConfigDocument, ConfigEdit, ConfigFailure } from '../../shared/contract.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { ConfigFile } from '../config/config-file.ts';
import { applyEdit } from '../config/edit.ts';
import { parseConfig } from '../config/parse.ts';
import type { Demo } from '../demo/demo-backends.ts';

export interface ConfigServiceParts {
  /** Puts a config in force, or says in a sentence why it cannot be. */
  readonly apply: (config: Config, keepGoing: boolean) => Promise<Result<null, { readonly message: string }>>;
  readonly onChange: (document: ConfigDocument) => void;
  readonly startDemo: () => Promise<Demo>;
  /** Where the user's own config goes when they have named no file. */
  readonly defaultPath: string;
}

type Opened = Result<ConfigDocument, ConfigFailure>;

/** The one config the app runs: its text, its file and its revision. Changes are applied first, then saved. */
export class ConfigService {
  readonly #parts: ConfigServiceParts;
  #document: ConfigDocument = { text: '', revision: 0, path: null, isDemo: false, fileIssues: [] };
  #file: ConfigFile | null = null;
  #demo: Demo | null = null;
  /** One change at a time, in the order they came. */
  #queue: Promise<unknown> = Promise.resolve();

  constructor(parts: ConfigServiceParts) {
    this.#parts = parts;
  }

  get document(): ConfigDocument {
    return this.#document;
  }

  /** Opens the file named, else the user's own, else the demo. Returns a line for the user, when there is one. */
  async start(path: string | null): Promise<string | null> {
    const file = new ConfigFile(path ?? this.#parts.defaultPath);
    const text = await file.load();
    if (path === null && !text.ok) return this.#startDemo();
    await this.#adopt(file);
    const issues = text.ok ? await this.#take(text.value, true) : [asIssue(text.error)];
    if (issues.length > 0) this.#change({ text: text.ok ? text.value : '', fileIssues: issues });
    return null;
  }

  check(text: string): readonly ConfigIssue[] {
    const config = parseConfig(text);
    return config.ok ? [] : config.error;
  }

  /** Replaces the whole text. */
  apply(text: string, revision: number): Promise<Opened> {
    return this.#inTurn(async () => {
      if (revision !== this.#document.revision) return fail(conflict());
      return this.#applyText(text);
    });
  }

  edit(edit: ConfigEdit, revision: number): Promise<Opened> {
    return this.#inTurn(async () => {
      if (revision !== this.#document.revision) return fail(conflict());
      const edited = applyEdit(this.#document.text, edit);
      return edited.ok ? this.#applyText(edited.value) : fail({ code: 'invalid', issues: edited.error });
    });
  }

  /** Another file from here on. One that is not valid changes nothing. */
  open(path: string): Promise<Opened> {
    return this.#inTurn(async () => {
      const file = new ConfigFile(path);
      const text = await file.load();
      if (!text.ok) return fail({ code: 'invalid', issues: [asIssue(text.error)] });
      const config = parseConfig(text.value);
      if (!config.ok) return fail({ code: 'invalid', issues: config.error });
      const applied = await this.#parts.apply(config.value, false);
      if (!applied.ok) return fail({ code: 'not-applied', message: applied.error.message });
      await this.#adopt(file);
      await this.#endDemo();
      this.#change({ text: text.value, fileIssues: [] });
      return ok(this.#document);
    });
  }

  async stop(): Promise<void> {
    await this.#file?.stop();
    await this.#endDemo();
  }

  async #startDemo(): Promise<string | null> {
    const demo = await this.#parts.startDemo();
    this.#demo = demo;
    this.#change({ isDemo: true });
    await this.#take(demo.configText, true);
    if (demo.port === demo.wantedPort) return null;
    return `Port ${demo.wantedPort} is taken, so the demo listens on ${demo.port}.`;
  }

  async #applyText(text: string): Promise<Opened> {
    const config = parseConfig(text);
    if (!config.ok) return fail({ code: 'invalid', issues: config.error });
    if (this.#file && !(await this.#file.isUnchanged())) {
      return fail({ code: 'conflict', message: 'The file was changed by another program meanwhile.' });
    }
    const applied = await this.#parts.apply(config.value, false);
    if (!applied.ok) return fail({ code: 'not-applied', message: applied.error.message });
    if (this.#demo && !namesDemo(config.value, this.#demo)) {
      await this.#adopt(new ConfigFile(this.#parts.defaultPath));
      await this.#endDemo();
    }
    const saved = (await this.#file?.save(text)) ?? ok(null);
    this.#change({ text, fileIssues: [] });
    return saved.ok
      ? ok(this.#document)
      : fail({ code: 'not-saved', message: `In force, but not saved: ${saved.error}` });
  }

  /** Puts a text in force that came from a file or the demo; what is wrong with it otherwise. */
  async #take(text: string, keepGoing: boolean): Promise<readonly ConfigIssue[]> {
    const config = parseConfig(text);
    if (!config.ok) return config.error;
    const applied = await this.#parts.apply(config.value, keepGoing);
    if (!applied.ok) return [asIssue(applied.error.message)];
    this.#change({ text, fileIssues: [] });
    return [];
  }

  async #adopt(file: ConfigFile): Promise<void> {
    await this.#file?.stop();
    this.#file = file;
    this.#document = { ...this.#document, path: file.path, isDemo: false };
    file.watch((read) => {
      void this.#inTurn(async () => {
        if (this.#file !== file) return;
        const issues = read.ok ? await this.#take(read.value, false) : [asIssue(read.error)];
        if (issues.length > 0) this.#change({ fileIssues: issues });
      });
    });
  }

  async #endDemo(): Promise<void> {
    const demo = this.#demo;
    this.#demo = null;
    if (demo) await demo.stop();
  }

  #change(change: Partial<ConfigDocument>): void {
    this.#document = { ...this.#document, ...change, revision: this.#document.revision + 1 };
    this.#parts.onChange(this.#document);
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(work);
    this.#queue = result.catch(() => undefined);
    return result;
  }
}

function namesDemo(config: Config, demo: Demo): boolean {
  return config.pools.some((pool) => pool.backends.some((backend) => demo.urls.includes(backend.origin.url)));
}

function conflict(): ConfigFailure {
  return { code: 'conflict', message: 'The config has changed since this edit was begun.' };
}

function asIssue(message: string): ConfigIssue {
  return { path: '', keys: [], message };
}
