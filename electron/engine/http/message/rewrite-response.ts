import { type KnownField, knownField } from './fields.ts';
import type { Framing } from './framing.ts';
import type { HeaderEdits } from './header-edits.ts';
import { type Addresses, mapBack } from './map-back.ts';
import type { ResponseHead } from './response-head.ts';
import { viaLine } from './via.ts';

export interface AnswerOptions {
  /** The client's body framing, which is not always the backend's. */
  readonly framing: Framing;
  readonly isPersistent: boolean;
  readonly isHttp10Client: boolean;
  /** The backend's URL for `X-Forwarded-Server`; null to leave it out. */
  readonly exposedBackend: string | null;
  /** Whether to add to Via. */
  readonly via: boolean;
  /** A cookie of this hop's own, beside the backend's; null for none. */
  readonly setCookie: string | null;
  /** Gives the addresses that are to be mapped back, when a header asks for them; null for as they are. */
  readonly mapBack: { readonly addresses: Addresses } | null;
  /** What the route changes; null for nothing. */
  readonly edits: HeaderEdits | null;
  /** The time, for an answer that comes without (RFC 9110 section 6.6.1). */
  readonly date: string;
}

/** The head a client gets: the backend's lines less those that end at this hop, plus how this hop frames it. */
export function rewriteResponse(head: ResponseHead, options: AnswerOptions): string {
  const { fields, connectionOptions, status } = head;
  const keepsUpgrade = status === 101 || status === 426;
  const { edits } = options;
  let hasDate = status < 200;
  let text = `HTTP/1.1 ${status} ${head.reason}\r\n`;
  for (let at = 0; at < fields.length; at += 2) {
    const name = fields[at] ?? '';
    if (edits?.drops(name)) continue;
    const field = knownField(name);
    switch (field) {
      case 'connection':
      case 'keep-alive':
      case 'proxy-authenticate':
      case 'proxy-connection':
      case 'te':
      case 'transfer-encoding':
        continue;
      case 'x-forwarded-server':
        if (options.exposedBackend !== null) continue;
        break;
      case 'date':
        hasDate = true;
        break;
      case 'upgrade':
        if (!keepsUpgrade) continue;
        break;
      case 'content-length':
        // RFC 9110 section 8.6: no length on these, whatever the backend says.
        if (status < 200 || status === 204) continue;
        break;
      case 'content-location':
      case 'location':
      case 'refresh':
      case 'set-cookie':
        if (connectionOptions.has(field)) continue;
        if (options.mapBack === null) break;
        text += `${name}: ${mapBack(field, fields[at + 1] ?? '', options.mapBack.addresses)}\r\n`;
        continue;
      case 'trailer':
        if (options.framing.kind !== 'chunked') continue;
        break;
      default:
        if (connectionOptions.size > 0 && connectionOptions.has(name.toLowerCase())) continue;
    }
    text += `${name}: ${fields[at + 1]}\r\n`;
  }
  if (edits) text += edits.text;
  if (!hasDate) text += `Date: ${options.date}\r\n`;
  if (options.exposedBackend !== null) text += `X-Forwarded-Server: ${options.exposedBackend}\r\n`;
  if (options.setCookie !== null) text += `Set-Cookie: ${options.setCookie}\r\n`;
  if (options.via) text += viaLine(head.isHttp10);
  if (options.framing.kind === 'chunked') text += 'Transfer-Encoding: chunked\r\n';
  if (keepsUpgrade) text += 'Connection: Upgrade\r\n';
  else if (!options.isPersistent) text += 'Connection: close\r\n';
  else if (options.isHttp10Client) text += 'Connection: keep-alive\r\n';
  return `${text}\r\n`;
}

/** An interim answer (100, 103) is passed on as it is, less what ends at this hop and what the route takes off. */
export function rewriteInterim(head: ResponseHead, edits: HeaderEdits | null): string {
  let text = `HTTP/1.1 ${head.status} ${head.reason}\r\n`;
  for (let at = 0; at < head.fields.length; at += 2) {
    const name = head.fields[at] ?? '';
    if (edits?.drops(name)) continue;
    if (isEndToEnd(knownField(name)) && !head.connectionOptions.has(name.toLowerCase()))
      text += `${name}: ${head.fields[at + 1]}\r\n`;
  }
  return `${text}\r\n`;
}

function isEndToEnd(field: KnownField | undefined): boolean {
  switch (field) {
    case undefined:
    case 'content-location':
    case 'location':
    case 'refresh':
    case 'set-cookie':
      return true;
    default:
      return false;
  }
}
