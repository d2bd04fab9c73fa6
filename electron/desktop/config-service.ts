import { fail, ok, type Result } from '../../shared/calls/result.ts';
import { Turns } from '../../shared/calls/turns.ts';
import type { Config, ConfigIssue } from '../../shared/config/config.ts';
import type {
  ConfigDocument,
  ConfigFailure,
  ConfigReview,
  HistoryDirection,
} from '../../shared/config/config-document.ts';
import type { ConfigEdit } from '../../shared/config/config-edit.ts';
import { ConfigFile } from '../services/config/config-file.ts';
import { applyEdit } from '../services/config/edit.ts';
import { parseConfig } from '../services/config/parse.ts';
import { reviewChange } from '../services/config/review.ts';
import { ConfigCertificates } from '../services/tls/config-certificates.ts';
import type { Candidate } from './config-consent.ts';
import {
  asIssue,
  changedMeanwhile,
  changedOnDisk,
  declined,
  namesTheDemo,
  notApplied,
  nothingTo,
  notSaved,
  WAITS_FOR_YES,
} from './config-failures.ts';
import { ConfigHistory } from './config-history.ts';
import { type ConfigServiceParts, NO_DOCUMENT } from './config-parts.ts';
import { ConfigPlace, type WantedPlace } from './config-place.ts';
import type { ConfigRequest } from './consent-request.ts';
import { DemoRun, demoNotice } from './demo-run.ts';

type Outcome = Result<ConfigDocument, ConfigFailure>;

/** Nothing was changed: the user has to be asked first. */
interface Unasked {
  readonly request: ConfigRequest;
  readonly candidate: Candidate;
}

/**
 * The one config the app runs: its text, its file and its revision. A change is checked whole, applied, then saved;
 * one that fails anywhere on the way leaves everything as it was. What needs the user's yes is asked before anything of it
 * takes effect, and while no turn is held: other changes go on meanwhile.
 */
export class ConfigService {
  readonly #parts: ConfigServiceParts;
  #document: ConfigDocument = NO_DOCUMENT;
  /** What the engine runs; null before the first config that could be used. */
  #config: Config | null = null;
  readonly #place: ConfigPlace;
  readonly #history = new ConfigHistory();
  readonly #demo: DemoRun;
  readonly #certificates: ConfigCertificates;
  readonly #turns = new Turns();
  /** Files about which a question is open; what is on disk is read again once it is answered. */
  readonly #asked = new WeakSet<ConfigFile>();
  #isStopped = false;

  constructor(parts: ConfigServiceParts) {
    this.#parts = parts;
    this.#place = new ConfigPlace(parts.defaultPath, parts.onOpened);
    this.#certificates = new ConfigCertificates(parts.certificateFolder, () => void this.#renew());
    this.#demo = new DemoRun(parts.startDemo);
  }

  /** Of what the engine runs. */
  get scenarios(): Config['scenarios'] {
    return this.#config?.scenarios ?? [];
  }

  get document(): ConfigDocument {
    return this.#document;
  }

  /**
   * Opens the file named, else the user's own, else the demo. Does not wait for the user where the file needs a yes.
   * Returns a line for the user, when there is one.
   */
  start(path: string | null): Promise<string | null> {
    return this.#turns.take(async () => {
      if (path === null && !this.#place.hasOwn) return this.#startDemo();
      const file = path === null ? this.#place.ownFile() : new ConfigFile(path);
      await this.#adopt(file);
      const read = await this.#readFile(file, 'opened', true);
      if ('request' in read) void this.#askAboutFile(file, read, true);
      return null;
    });
  }

  /** What a text would change, in words. */
  review(text: string): Result<ConfigReview, readonly ConfigIssue[]> {
    const config = parseConfig(text);
    return config.ok ? ok(reviewChange(this.#config, config.value)) : config;
  }

  /** Takes the last change back, or makes it again. */
  step(direction: HistoryDirection, revision: number): Promise<Outcome> {
    return this.#since(revision, async () => {
      const step = this.#history[direction];
      return step ? this.#applyText(step.text, 'edited') : fail(nothingTo(direction));
    });
  }

  /** The text goes to another file, which is the one that is open from here on. */
  saveAs(path: string, text: string, revision: number): Promise<Outcome> {
    return this.#since(revision, async () => {
      const config = parseConfig(text);
      if (config.ok && this.#demo.isNamedBy(config.value)) return fail(namesTheDemo());
      return this.#writeTo(path, text, 'edited');
    });
  }

  /** Replaces the whole text, and with it what is on disk, be that valid or not. */
  apply(text: string, revision: number): Promise<Outcome> {
    return this.#since(revision, () => this.#applyText(text, 'edited'));
  }

  /** One small change to the text in force. */
  edit(edit: ConfigEdit, revision: number): Promise<Outcome> {
    return this.#since(revision, async () => {
      // A small change must not quietly write over what somebody is halfway through writing.
      if (this.#config && this.#document.fileIssues.length > 0) {
        return fail(changedOnDisk(this.#document.path ?? '', this.#document.fileIssues));
      }
      const edited = applyEdit(this.#document.text, edit);
      return edited.ok
        ? this.#applyText(edited.value, 'edited')
        : fail({ code: 'invalid', issues: edited.error });
    });
  }

  /** Another file from here on. One that is not valid, or that the user does not want, changes nothing. */
  open(path: string): Promise<Outcome> {
    return this.#asking(async () => {
      const file = new ConfigFile(path);
      const text = await file.load();
      if (!text.ok) return fail({ code: 'invalid', issues: [asIssue(text.error)] });
      const how = { keepGoing: false, folder: this.#place.folderOf(file) };
      const parsed = parseConfig(text.value);
      if (!parsed.ok) return fail({ code: 'invalid', issues: parsed.error });
      const unasked = await this.#unasked({
        config: parsed.value,
        folder: how.folder,
        path: file.path,
        occasion: 'opened',
      });
      if (unasked) return unasked;
      const config = await this.#certificates.read(text.value, how.folder);
      if (!config.ok) return fail({ code: 'invalid', issues: config.error });
      const applied = await this.#parts.apply(config.value, how);
      if (!applied.ok) return fail(notApplied(applied.error.message));
      await this.#adopt(file);
      this.#demo.end();
      await this.#change({ text: text.value, fileIssues: [] }, config.value);
      return ok(this.#document);
    });
  }

  /** Reads the file again; it is also watched, but whoever asks gets an answer. */
  async reload(): Promise<Outcome> {
    const { file } = this.#place;
    if (!file) return fail(notApplied('The demo has no config to read again.'));
    const read = await this.#turns.take(() => this.#readFile(file, 'changed-on-disk', false));
    return 'request' in read ? this.#askAboutFile(file, read, false) : read;
  }

  /** A config of the user's own in place of what is in force. */
  startOwn(text: string): Promise<Outcome> {
    return this.#asking(() => this.#applyText(text, 'edited', 'own'));
  }

  /** The demo in place of what is in force, whose file stays as it is. */
  useDemo(): Promise<Outcome> {
    return this.#turns.take(async () => {
      if (this.#demo.isRunning) return ok(this.#document);
      const demo = await this.#demo.start();
      const before = this.#document;
      this.#document = { ...before, path: null, isDemo: true };
      const [issue] = await this.#take(demo.configText, false);
      if (issue) {
        this.#document = before;
        await this.#demo.stop();
        return fail(notApplied(issue.message));
      }
      await this.#place.leave();
      return ok(this.#document);
    });
  }

  /** A new file from here on, with this text of somebody else in it; what stood there before is written over. */
  create(path: string, text: string): Promise<Outcome> {
    return this.#asking(() => this.#writeTo(path, text, 'opened'));
  }

  /** Asks the user whether the commands of this revision that wait may run. */
  async allowCommands(revision: number): Promise<Outcome> {
    const { toAllow, path } = this.#document;
    if (revision !== this.#document.revision) return fail(changedMeanwhile());
    const isAllowed = await this.#parts.consent.askCommands(path, toAllow);
    if (!isAllowed || this.#isStopped) return ok(this.#document);
    return this.#turns.take(async () => {
      const config = this.#config;
      // What was allowed is remembered by what it is, so that another config since then runs no more than that.
      if (!config) return fail(changedMeanwhile());
      const applied = await this.#parts.apply(config, { keepGoing: true, folder: this.#place.folder });
      if (!applied.ok) return fail(notApplied(applied.error.message));
      await this.#change({});
      return ok(this.#document);
    });
  }

  /** The same config once more: what its commands have brought about has changed. */
  refresh(): Promise<void> {
    return this.#turns.take(async () => {
      if (this.#config)
        await this.#parts.apply(this.#config, { keepGoing: true, folder: this.#place.folder });
    });
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#turns.over();
    this.#certificates.stop();
    await this.#place.stop();
    await this.#demo.stop();
  }

  /** A change that somebody has begun at this revision; one that has come since then stays. */
  #since(revision: number, change: () => Promise<Outcome | Unasked>): Promise<Outcome> {
    return this.#asking(async () =>
      revision === this.#document.revision ? change() : fail(changedMeanwhile()),
    );
  }

  /** Makes a change in its turn. Where it needs the user's yes, asks without holding the turn, and makes it then. */
  async #asking(change: () => Promise<Outcome | Unasked>): Promise<Outcome> {
    for (;;) {
      const outcome = await this.#turns.take(change);
      if (!('request' in outcome)) return outcome;
      const isAllowed = await this.#parts.consent.ask(outcome.request, outcome.candidate);
      // Whoever quits has closed the question.
      if (!isAllowed || this.#isStopped) return fail(declined(outcome.request.path));
    }
  }

  /** What the user has to be asked before a config takes effect; null when there is nothing. */
  async #unasked(candidate: Candidate): Promise<Unasked | null> {
    const inForce = this.#config && { config: this.#config, folder: this.#place.folder };
    const request = await this.#parts.consent.requestFor(candidate, inForce);
    return request && { request, candidate };
  }

  /**
   * Puts what is on disk in force, in its turn.
   *
   * @param keepGoing whether what can be had of it is wanted, when not all can
   */
  async #readFile(
    file: ConfigFile,
    occasion: Candidate['occasion'],
    keepGoing: boolean,
  ): Promise<Outcome | Unasked> {
    const text = await file.load();
    if (!text.ok) return this.#cannotUse(undefined, [asIssue(text.error)]);
    const parsed = parseConfig(text.value);
    if (parsed.ok) {
      const { folder } = this.#place;
      const unasked = await this.#unasked({ config: parsed.value, folder, path: file.path, occasion });
      if (unasked) {
        await this.#cannotUse(text.value, [asIssue(WAITS_FOR_YES)]);
        return unasked;
      }
    }
    const issues = await this.#take(text.value, keepGoing);
    return issues.length === 0 ? ok(this.#document) : this.#cannotUse(text.value, issues);
  }

  /** What is on disk is shown, with what is wrong with it; what is in force stays. */
  async #cannotUse(text: string | undefined, issues: readonly ConfigIssue[]): Promise<Outcome> {
    // Where nothing runs yet, there is no better text to show than the one to mend.
    if (this.#config) await this.#change({ fileIssues: issues, fileText: text });
    else await this.#change({ text: text ?? '', fileIssues: issues });
    return fail({ code: 'invalid', issues });
  }

  /** Asks about what is on disk until it is answered for what is there by then. */
  async #askAboutFile(file: ConfigFile, first: Unasked, keepGoing: boolean): Promise<Outcome> {
    if (this.#asked.has(file)) return fail(notApplied(WAITS_FOR_YES));
    this.#asked.add(file);
    try {
      let { request, candidate } = first;
      for (;;) {
        const isAllowed = await this.#parts.consent.ask(request, candidate);
        const { occasion } = request;
        const read = await this.#turns.take(async () => {
          // Another file is open by now, or none will be.
          if (this.#place.file !== file || this.#isStopped) return fail(changedMeanwhile());
          if (isAllowed) return this.#readFile(file, occasion, keepGoing);
          const failure = declined(file.path);
          await this.#change({ fileIssues: [asIssue(failure.message)], fileText: this.#document.fileText });
          return fail(failure);
        });
        if (!('request' in read)) return read;
        ({ request, candidate } = read);
      }
    } finally {
      this.#asked.delete(file);
    }
  }

  /** The files of a certificate may have changed: those who connect from now on get the new one. */
  #renew(): Promise<void> {
    return this.#turns.take(async () => {
      if (!this.#config) return;
      const renewal = await this.#certificates.renew(this.#config, this.#document.text, this.#place.folder);
      if (renewal.kind === 'refused' && renewal.words !== null) this.#parts.notify(renewal.words);
      if (renewal.kind !== 'renewed') return;
      const applied = await this.#parts.apply(renewal.config, {
        keepGoing: true,
        folder: this.#place.folder,
      });
      if (applied.ok) this.#config = renewal.config;
    });
  }

  async #startDemo(): Promise<string | null> {
    const demo = await this.#demo.start();
    this.#document = { ...this.#document, isDemo: true };
    const issues = await this.#take(demo.configText, true);
    return issues[0] ? `The demo could not be started: ${issues[0].message}` : demoNotice(demo);
  }

  async #writeTo(path: string, text: string, occasion: Candidate['occasion']): Promise<Outcome | Unasked> {
    const file = await this.#place.fileAt(path);
    return file.ok ? this.#applyText(text, occasion, file.value) : fail(notSaved(file.error));
  }

  async #applyText(
    text: string,
    occasion: Candidate['occasion'],
    place: WantedPlace = 'in-use',
  ): Promise<Outcome | Unasked> {
    const parsed = parseConfig(text);
    if (!parsed.ok) return fail({ code: 'invalid', issues: parsed.error });
    const target = this.#place.targetOf(place, this.#demo.isLeftBy(parsed.value));
    const { file, folder } = target;
    const refusal = await this.#place.refusal(target);
    if (refusal) return fail(refusal);
    const unasked = await this.#unasked({ config: parsed.value, folder, path: file?.path ?? null, occasion });
    if (unasked) return unasked;
    const config = await this.#certificates.read(text, folder);
    if (!config.ok) return fail({ code: 'invalid', issues: config.error });
    const applied = await this.#parts.apply(config.value, { keepGoing: false, folder });
    if (!applied.ok) return fail(notApplied(applied.error.message));
    const saved = await this.#place.save(text, target);
    if (!saved.ok) {
      if (this.#config)
        await this.#parts.apply(this.#config, { keepGoing: true, folder: this.#place.folder });
      return fail(notSaved(saved.error));
    }
    if (file && file !== this.#place.file) {
      await this.#adopt(file);
      this.#demo.end();
    }
    await this.#change({ text, fileIssues: [] }, config.value);
    return ok(this.#document);
  }

  /** Puts a text in force that came from a file or the demo; what is wrong with it otherwise. */
  async #take(text: string, keepGoing: boolean): Promise<readonly ConfigIssue[]> {
    const config = await this.#certificates.read(text, this.#place.folder);
    if (!config.ok) return config.error;
    const applied = await this.#parts.apply(config.value, { keepGoing, folder: this.#place.folder });
    if (!applied.ok) return [asIssue(applied.error.message)];
    await this.#change({ text, fileIssues: [] }, config.value);
    return [];
  }

  async #adopt(file: ConfigFile): Promise<void> {
    await this.#place.adopt(file, (read) => void this.#follow(file, read));
    this.#document = { ...this.#document, path: file.path, isDemo: false };
  }

  /** Another program has written to a file. */
  async #follow(file: ConfigFile, read: Result<string, string>): Promise<void> {
    const followed = await this.#turns.take(async (): Promise<Outcome | Unasked | null> => {
      if (this.#place.file !== file) return null;
      if (read.ok) file.acknowledge(read.value);
      return this.#readFile(file, 'changed-on-disk', false);
    });
    if (followed && 'request' in followed) await this.#askAboutFile(file, followed, false);
  }

  /** What is in force needs no question when it is opened again. It is in force, so that forgetting it is no failure. */
  async #remember(config: Config): Promise<void> {
    const { folder } = this.#place;
    await this.#parts.consent.remember({ config, folder }).catch(() => undefined);
  }

  async #change(change: Partial<ConfigDocument>, config: Config | null = this.#config): Promise<void> {
    const { text, path } = this.#document;
    this.#history.follow(path, { text, config: this.#config }, { text: change.text ?? text, config });
    if (config && config !== this.#config) await this.#remember(config);
    this.#config = config;
    if (config) this.#certificates.follow(config, this.#place.folder);
    const toAllow = config ? await this.#parts.trust.toAllow(config, this.#place.folder) : [];
    // What is wrong on disk is no change of the config: an edit begun before it is still good.
    const revision = this.#document.revision + (change.text === undefined ? 0 : 1);
    const fileText = change.fileIssues === undefined ? this.#document.fileText : change.fileText;
    const [undo, redo] = [this.#history.undo?.words, this.#history.redo?.words];
    this.#document = { ...this.#document, ...change, fileText, revision, toAllow, undo, redo };
    this.#parts.onChange(this.#document);
  }
}
