import type { PickRequest } from '../../balancing/policy.ts';
import type { Hit } from '../../faults/trigger.ts';
import type { RequestHead } from '../message/request-head.ts';

/**
 * What policies and faults may ask of the request a client's connection is at. One for each connection, turned to its requests one
 * after the other, so that a request of whom nobody asks makes no object.
 */
export class RequestTraits implements PickRequest, Hit {
  readonly #clientOf: (forwardedFor: string | null) => string;
  #head: RequestHead | null = null;

  /** @param clientOf who asked, given what earlier hops say of it */
  constructor(clientOf: (forwardedFor: string | null) => string) {
    this.#clientOf = clientOf;
  }

  get clientAddress(): string {
    return this.#clientOf(this.#head?.forwardedFor ?? null);
  }

  of(head: RequestHead): this {
    this.#head = head;
    return this;
  }

  /** The connection is at no request. */
  rest(): void {
    this.#head = null;
  }

  get method(): string {
    return this.#head?.method ?? '';
  }

  get path(): string {
    const target = this.#head?.target ?? '';
    const query = target.indexOf('?');
    return query === -1 ? target : target.slice(0, query);
  }

  header(name: string): string | null {
    const wanted = name.toLowerCase();
    const fields = this.#head?.fields ?? [];
    let found: string | null = null;
    for (let at = 0; at < fields.length; at += 2) {
      const value = fields[at + 1] ?? '';
      if (fields[at]?.toLowerCase() === wanted) found = found === null ? value : `${found}, ${value}`;
    }
    return found;
  }

  cookie(name: string): string | null {
    const fields = this.#head?.fields ?? [];
    for (let at = 0; at < fields.length; at += 2) {
      if (fields[at]?.toLowerCase() !== 'cookie') continue;
      for (const pair of (fields[at + 1] ?? '').split(';')) {
        const equals = pair.indexOf('=');
        if (equals !== -1 && pair.slice(0, equals).trim() === name) return pair.slice(equals + 1).trim();
      }
    }
    return null;
  }
}
