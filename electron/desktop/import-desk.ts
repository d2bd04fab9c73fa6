import { basename, dirname, resolve } from 'node:path';
import { fail, ok, type Result } from '../../shared/calls/result.ts';
import type { ConfigDocument, ConfigFailure } from '../../shared/config/config-document.ts';
import type { ImportReview } from '../../shared/config/import-review.ts';
import { portIn } from '../../shared/config/listen-address.ts';
import { ConfigFile } from '../services/config/config-file.ts';
import type { FindCheck } from '../services/import/fit-checks.ts';
import { readForeign } from '../services/import/foreign-file.ts';
import { asIssue } from './config-failures.ts';
import type { ConfigService } from './config-service.ts';

export interface ImportDeskParts {
  readonly config: Pick<ConfigService, 'document' | 'open' | 'create'>;
  readonly onReview: (review: ImportReview) => void;
  /** Whether a port could be listened on, once the config in force is not any more. */
  readonly isFree: (port: number) => Promise<boolean>;
  readonly findCheck: FindCheck;
}

type Outcome = Result<ConfigDocument, ConfigFailure>;

/** Opens files: a config at once, another program's file once the user has seen what it comes to and where it goes. */
export class ImportDesk {
  readonly #parts: ImportDeskParts;
  /** Under review, with its own text. */
  #source: {
    readonly path: string;
    readonly text: string;
    readonly takenPorts: readonly number[];
    /** What was found when the file was shown is what is saved. */
    readonly findCheck: FindCheck;
  } | null = null;

  constructor(parts: ImportDeskParts) {
    this.#parts = parts;
  }

  /** @returns the config in force, which is the same as before while a file is under review */
  async open(path: string): Promise<Outcome> {
    const shown = await this.#show(resolve(path));
    if (shown === null) return this.#parts.config.open(path);
    return shown.ok ? ok(this.#parts.config.document) : fail(shown.error);
  }

  /** Shows a file that is another program's. @returns whether it is one, readable or not */
  async review(path: string): Promise<boolean> {
    return (await this.#show(resolve(path))) !== null;
  }

  /**
   * The file under review becomes a config of its own, which is in force from then on.
   *
   * @param source its path
   * @param target where to; what stands there is written over
   */
  async save(source: string, target: string): Promise<Outcome> {
    const shown = this.#source?.path === source ? this.#source : null;
    const read = shown && (await readForeign(source, shown.text, dirname(resolve(target)), shown));
    if (!read?.ok) {
      return fail({
        code: 'conflict',
        message: `${basename(source)} is no longer under review; open it again.`,
      });
    }
    const created = await this.#parts.config.create(target, read.value.text);
    if (created.ok) this.#source = null;
    return created;
  }

  /** Null when it is none of another program's, or cannot be read at all, which is said when it is opened. */
  async #show(path: string): Promise<Result<null, ConfigFailure> | null> {
    const text = await new ConfigFile(path).load();
    if (!text.ok) return null;
    const takenPorts: number[] = [];
    const findCheck = askingOnce(this.#parts.findCheck);
    let read = await readForeign(path, text.value, dirname(path), { findCheck });
    while (read?.ok) {
      const taken = await this.#takenOf(read.value, takenPorts);
      // Those that the file itself names stay, and are complained of when it is saved.
      if (taken.length === 0) break;
      takenPorts.push(...taken);
      read = await readForeign(path, text.value, dirname(path), { takenPorts, findCheck });
    }
    if (read === null) return null;
    if (!read.ok) {
      const words = `${basename(path)} was not opened. ${read.error.message}`;
      return fail({ code: 'invalid', issues: [asIssue(words)] });
    }
    this.#source = { path, text: text.value, takenPorts, findCheck };
    this.#parts.onReview(read.value);
    return ok(null);
  }

  /** The ports of a review that others listen on, less those known already. */
  async #takenOf({ listeners }: ImportReview, known: readonly number[]): Promise<readonly number[]> {
    const ports = listeners.map(portIn).filter((port) => !known.includes(port));
    const free = await Promise.all(ports.map((port) => this.#parts.isFree(port)));
    return ports.filter((_, at) => !free[at]);
  }
}

/** Asks each backend once, however often the file is read. */
function askingOnce(findCheck: FindCheck): FindCheck {
  const asked = new Map<string, ReturnType<FindCheck>>();
  return (url) => {
    const known = asked.get(url) ?? findCheck(url);
    asked.set(url, known);
    return known;
  };
}
