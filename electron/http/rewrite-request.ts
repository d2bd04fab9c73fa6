import type { Origin } from '../../shared/origin.ts';
import { type Fields, knownField } from './fields.ts';
import type { RequestHead } from './request-head.ts';
import type { Route } from './router.ts';
import { viaLine } from './via.ts';

/** What this hop knows and is told to say of the client. */
export interface RequestHop {
  readonly client: {
    /** The other end of the connection. */
    readonly address: string;
    /** Whether what it says of earlier hops is believed; if not, it is taken off. */
    readonly isTrusted: boolean;
    readonly proto: 'http' | 'https';
  };
  /** Whether to add Forwarded (RFC 7239), and to Via (RFC 9110 section 7.6.3), and to take off what was for this hop. */
  readonly listener: { readonly forwarded: boolean; readonly via: boolean; readonly rehearsal: boolean };
  readonly pool: { readonly hostHeader: 'preserve' | 'backend' };
  /** How it came to the pool; null for the listener's default. */
  readonly route: Route | null;
}

/**
 * The head a backend gets: the client's lines in their order, case and number, less those that end at this hop
 * (RFC 9110 section 7.6.1), plus who asked (the X-Forwarded fields, appended to what is there).
 */
export function rewriteRequest(head: RequestHead, origin: Origin, hop: RequestHop): string {
  const { isTrusted, address, proto } = hop.client;
  const { fields, connectionOptions } = head;
  const asked = hop.route ? hop.route.rewrite(head.target) : head.target;
  const target = asked === '*' ? '*' : origin.basePath + asked;
  const edits = hop.route?.requestEdits ?? null;
  const askedHost = head.host === '' ? origin.authority : head.host;
  const host = hop.pool.hostHeader === 'backend' ? origin.authority : askedHost;
  let text = `${head.method} ${target} HTTP/1.1\r\n`;
  let hasForwardedHost = false;
  let hasForwardedProto = false;
  let hasHost = false;
  for (let at = 0; at < fields.length; at += 2) {
    const name = fields[at] ?? '';
    const value = fields[at + 1] ?? '';
    if (edits?.drops(name)) continue;
    switch (knownField(name)) {
      case 'host':
        hasHost = true;
        text += `${name}: ${host}\r\n`;
        continue;
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
        hasForwardedHost = true;
        break;
      case 'x-forwarded-proto':
        if (!isTrusted) continue;
        hasForwardedProto = true;
        break;
      case 'forwarded':
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
  if (edits) text += edits.text;
  if (head.framing.kind === 'chunked') text += 'Transfer-Encoding: chunked\r\n';
  if (head.upgrade !== null) text += `Connection: Upgrade\r\nUpgrade: ${head.upgrade}\r\n`;
  else if (head.takesTrailers) text += 'Connection: TE\r\nTE: trailers\r\n';
  const earlier = isTrusted && head.forwardedFor !== null ? `${head.forwardedFor}, ` : '';
  text += `X-Forwarded-For: ${earlier}${address}\r\n`;
  if (!hasForwardedHost) text += `X-Forwarded-Host: ${askedHost}\r\n`;
  if (!hasForwardedProto) text += `X-Forwarded-Proto: ${proto}\r\n`;
  if (hop.route?.strippedPrefix) text += `X-Forwarded-Prefix: ${hop.route.strippedPrefix}\r\n`;
  if (hop.listener.forwarded) text += `Forwarded: ${forwardedElement(hop.client, askedHost)}\r\n`;
  if (hop.listener.via) text += viaLine(head.isHttp10);
  return `${text}\r\n`;
}

/** RFC 7239 section 4; an IPv6 address and a host with a port have characters that must be quoted. */
function forwardedElement({ address, proto }: RequestHop['client'], host: string): string {
  const node = address.includes(':') ? `"[${address}]"` : address;
  return `for=${node};host="${host}";proto=${proto}`;
}

/** Trailers less the fields no trailer may carry: those that frame, route or end at this hop (RFC 9110 6.5.1). */
export function forwardableTrailers(trailers: Fields): Fields {
  const kept: Fields = [];
  for (let at = 0; at < trailers.length; at += 2) {
    const name = trailers[at] ?? '';
    if (knownField(name) === undefined) kept.push(name, trailers[at + 1] ?? '');
  }
  return kept;
}
