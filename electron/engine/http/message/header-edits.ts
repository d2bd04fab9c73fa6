import type { RouteConfig } from '../../../../shared/config/config.ts';
import { canonicalName } from './fields.ts';

/** What a route changes in the header of a message. */
export class HeaderEdits {
  /** The lines to add, CRLF and all. */
  readonly text: string;
  readonly #dropped: ReadonlySet<string>;

  private constructor({ set, remove }: RouteConfig['requestHeaders']) {
    this.text = Object.entries(set)
      .map(([name, value]) => `${name}: ${value}\r\n`)
      .join('');
    this.#dropped = new Set([...Object.keys(set), ...remove].map(canonicalName));
  }

  /** Null when there is nothing to change, which costs nothing then. */
  static of(edits: RouteConfig['requestHeaders']): HeaderEdits | null {
    return Object.keys(edits.set).length + edits.remove.length === 0 ? null : new HeaderEdits(edits);
  }

  /** In every spelling that a backend may read as the same name. */
  drops(name: string): boolean {
    return this.#dropped.has(canonicalName(name));
  }
}
