import type { Config } from '../../shared/config/config.ts';
import { changesBetween } from '../engine/core/config-change.ts';

/** A text, and what it says; null where it is no config. */
interface Version {
  readonly text: string;
  readonly config: Config | null;
}

/** A text the config had in this session, and what made the next one of it. */
interface Step {
  readonly text: string;
  /** What a person would say changed: `added localhost:5004`. */
  readonly words: string;
}

/** So many changes can be taken back; texts are a few kilobytes. */
const MAX_STEPS = 100;

/** The texts one config has had since it was opened, whoever changed it. */
export class ConfigHistory {
  /** Whose history it is; undefined before there is one. */
  #path: string | null | undefined;
  #past: readonly Step[] = [];
  #future: readonly Step[] = [];

  /** What would be in force again, and the change that would be taken back. */
  get undo(): Step | undefined {
    return this.#past.at(-1);
  }

  /** The same forwards. */
  get redo(): Step | undefined {
    return this.#future.at(-1);
  }

  /** @param path the file both are of: another one, or the demo, has a history of its own */
  follow(path: string | null, before: Version, after: Version): void {
    if (path !== this.#path) {
      this.#path = path;
      this.#past = [];
      this.#future = [];
    } else if (before.config && after.config) {
      const words = changesBetween(before.config, after.config).join('; ') || 'comments and layout';
      this.#note(before.text, after.text, words);
    }
  }

  /** A way back to the text before is an undo, by whatever button. */
  #note(before: string, after: string, words: string): void {
    if (before === after) return;
    const { undo, redo } = this;
    if (undo?.text === after) {
      this.#past = this.#past.slice(0, -1);
      this.#future = [...this.#future, { text: before, words: undo.words }];
      return;
    }
    const isRedo = redo?.text === after;
    this.#future = isRedo ? this.#future.slice(0, -1) : [];
    const step = { text: before, words: isRedo ? redo.words : words };
    this.#past = [...this.#past, step].slice(-MAX_STEPS);
  }
}
