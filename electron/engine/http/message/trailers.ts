import type { ConnectionOptions } from './connection-options.ts';
import { canonicalName, type Fields, knownField } from './fields.ts';
import type { HeaderEdits } from './header-edits.ts';

/**
 * What no trailer may carry beside what the wire itself reads: fields that say who asks, that change how a message is
 * read, or that control a request or a cache (RFC 9110 section 6.5.1). A server may merge trailers with the head.
 */
const HEAD_ONLY = new Set([
  'age',
  'authorization',
  'cache-control',
  'content-encoding',
  'content-range',
  'content-type',
  'cookie',
  'expires',
  'if-match',
  'if-modified-since',
  'if-none-match',
  'if-range',
  'if-unmodified-since',
  'pragma',
  'range',
  'retry-after',
  'vary',
  'via',
  'www-authenticate',
]);

/** What a message's head says of its fields. */
export interface TrailerRules {
  /** What its Connection names: those fields end at this hop. */
  readonly connectionOptions: ConnectionOptions;
  /** What the route changes: what it takes off or sets in the head has no place in trailers either. */
  readonly edits: HeaderEdits | null;
}

/** The trailers that go on to the other side. */
export function forwardableTrailers(trailers: Fields, { connectionOptions, edits }: TrailerRules): Fields {
  const kept: Fields = [];
  for (let at = 0; at < trailers.length; at += 2) {
    const name = trailers[at] ?? '';
    const canonical = canonicalName(name);
    const isHeadOnly =
      knownField(canonical) !== undefined ||
      HEAD_ONLY.has(canonical) ||
      /^x-(?:forwarded|switchyard)-/.test(canonical) ||
      connectionOptions.has(name.toLowerCase()) ||
      edits?.drops(canonical);
    if (!isHeadOnly) kept.push(name, trailers[at + 1] ?? '');
  }
  return kept;
}
