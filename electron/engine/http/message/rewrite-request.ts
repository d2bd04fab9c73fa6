import type { Origin } from '../../../../shared/config/origin.ts';
import type { Route } from '../client/router.ts';
import { portOfClient } from './client-origin.ts';
import { isAlias, knownField } from './fields.ts';
import type { ForwardedLines } from './forwarded-lines.ts';
import type { RequestHead } from './request-head.ts';
import { viaLine } from './via.ts';

/** What this hop knows and is told to say of the client. */
export interface RequestHop {
  readonly client: {
    /** The other end of the connection. */
    readonly address: string;
    /** Whether what it says of earlier hops is believed; if not, it is taken off. */
    readonly isTrusted: boolean;
    readonly proto: 'http' | 'https';
    readonly forwardedLines: ForwardedLines;
  };
  /** Whether to add Forwarded (RFC 7239), and to Via (RFC 9110 section 7.6.3), and to take off what was for this hop. */
  readonly listener: { readonly forwarded: boolean; readonly via: boolean; readonly rehearsal: boolean };
  readonly pool: { readonly hostHeader: 'preserve' | 'backend' };
  /** How it came to the pool; null for the listener's default. */
  readonly route: Route | null;
  /** The protocols to offer for an upgrade; null for none. */
  readonly upgrade: string | null;
  /** Whether the backend is asked to close the connection after its response. */
  readonly closes: boolean;
  /** The line that names this hop in CDN-Loop, CRLF included; see `LoopMark`. */
  readonly loopLine: string;
}

/** Methods whose requests have no body as a rule (RFC 9110 sections 9.3.1, 9.3.2, 9.3.5 and 9.3.7). */
const BODILESS = new Set(['GET', 'HEAD', 'DELETE', 'OPTIONS']);

/**
 * Whether the request has a body that its method does not call for. A server may not look for it, and take it for the next
 * request on the connection: no other client's request may follow there.
 */
export function hasUnexpectedBody({ method, framing }: RequestHead): boolean {
  return framing.kind !== 'none' && BODILESS.has(method);
}

/** The Host that a backend gets. */
export function hostFor(head: RequestHead, origin: Origin, hostHeader: 'preserve' | 'backend'): string {
  return hostHeader === 'backend' || head.host === '' ? origin.authority : head.host;
}

/**
 * The head a backend gets: the client's lines in their order, case and number, less those that end at this hop
 * (RFC 9110 section 7.6.1), plus who asked (the X-Forwarded fields, appended to what is there).
 */
export function rewriteRequest(head: RequestHead, origin: Origin, hop: RequestHop): string {
  const { isTrusted, address, proto } = hop.client;
  const { fields, connectionOptions, hasMarkedNames } = head;
  const asked = hop.route ? hop.route.rewrite(head.target) : head.target;
  const target = asked === '*' ? '*' : origin.basePath + asked;
  const edits = hop.route?.requestEdits ?? null;
  const askedHost = head.host === '' ? origin.authority : head.host;
  const host = hostFor(head, origin, hop.pool.hostHeader);
  let text = `${head.method} ${target} HTTP/1.1\r\n`;
  let forwardedHost: string | null = null;
  let forwardedProto: string | null = null;
  let hasPort = false;
  let hasHost = false;
  for (let at = 0; at < fields.length; at += 2) {
    const name = fields[at] ?? '';
    const value = fields[at + 1] ?? '';
    if (hasMarkedNames && isAlias(name)) continue;
    if (edits?.drops(name)) continue;
    switch (knownField(name)) {
      case 'host':
        hasHost = true;
        text += `${name}: ${host}\r\n`;
        continue;
      case 'cdn-loop':
      case 'content-length':
        break;
      case 'max-forwards':
        if (head.maxForwards === null) break;
        text += `${name}: ${head.maxForwards - 1}\r\n`;
        continue;
      case 'x-forwarded-for':
        continue;
      case 'x-forwarded-host':
        if (!isTrusted) continue;
        forwardedHost ??= value;
        break;
      case 'x-forwarded-proto':
        if (!isTrusted) continue;
        forwardedProto ??= value;
        break;
      case 'x-forwarded-port':
        if (!isTrusted) continue;
        hasPort = true;
        break;
      case 'forwarded':
      case 'x-forwarded-prefix':
      case 'x-forwarded-server':
        if (!isTrusted) continue;
        break;
      case 'connection':
      case 'keep-alive':
      case 'proxy-authenticate':
      case 'proxy-authorization':
      case 'proxy-connection':
      case 'te':
      case 'transfer-encoding':
      case 'upgrade':
        continue;
      case 'trailer':
        if (head.framing.kind !== 'chunked') continue;
        break;
      default:
        if (connectionOptions.size > 0 && connectionOptions.has(name.toLowerCase())) continue;
        if (!isTrusted && /^x-forwarded-/i.test(name)) continue;
        if (hop.listener.rehearsal && /^x-switchyard-(?:backend|fault)$/i.test(name)) continue;
    }
    text += `${name}: ${value}\r\n`;
  }
  if (!hasHost) text += `Host: ${host}\r\n`;
  if (edits) {
    text += edits.text;
    hasPort ||= edits.drops('x-forwarded-port');
  }
  if (head.framing.kind === 'chunked') text += 'Transfer-Encoding: chunked\r\n';
  if (hop.upgrade !== null) text += `Connection: Upgrade\r\nUpgrade: ${hop.upgrade}\r\n`;
  else if (hop.closes)
    text += head.takesTrailers ? 'Connection: close, TE\r\nTE: trailers\r\n' : 'Connection: close\r\n';
  else if (head.takesTrailers) text += 'Connection: TE\r\nTE: trailers\r\n';
  const earlier = isTrusted ? head.forwardedFor : null;
  if (earlier === null && forwardedHost === null && forwardedProto === null && !hasPort)
    text += hop.client.forwardedLines.of(askedHost);
  else {
    text += `X-Forwarded-For: ${earlier === null ? '' : `${earlier}, `}${address}\r\n`;
    if (forwardedHost === null) text += `X-Forwarded-Host: ${askedHost}\r\n`;
    if (!hasPort)
      text += `X-Forwarded-Port: ${portOfClient(forwardedHost ?? askedHost, forwardedProto ?? proto)}\r\n`;
    if (forwardedProto === null) text += `X-Forwarded-Proto: ${proto}\r\n`;
  }
  if (hop.route?.strippedPrefix) text += `X-Forwarded-Prefix: ${hop.route.strippedPrefix}\r\n`;
  if (hop.listener.forwarded) text += `Forwarded: ${forwardedElement(hop.client, askedHost)}\r\n`;
  if (hop.listener.via) text += viaLine(head.isHttp10);
  return `${text}${hop.loopLine}\r\n`;
}

/** RFC 7239 section 4; an IPv6 address and a host with a port have characters that must be quoted. */
function forwardedElement({ address, proto }: RequestHop['client'], host: string): string {
  const node = address.includes(':') ? `"[${address}]"` : address;
  return `for=${node};host="${host}";proto=${proto}`;
}
