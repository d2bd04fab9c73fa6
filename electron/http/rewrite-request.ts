import type { Origin } from '../../shared/origin.ts';
import { type Fields, knownField } from './fields.ts';
import type { RequestHead } from './request-head.ts';

/** What the backend is told of the client. */
export interface ForwardedClient {
  readonly address: string;
  readonly proto: 'http' | 'https';
}

/**
 * The head a backend gets: the client's lines in their order, case and number, less those that end at this hop
 * (RFC 9110 section 7.6.1), plus who asked (the X-Forwarded fields, appended to what is there).
 */
export function rewriteRequest(head: RequestHead, origin: Origin, client: ForwardedClient): string {
  const { fields, connectionOptions } = head;
  const target = head.target === '*' ? '*' : origin.basePath + head.target;
  const host = head.host === '' ? origin.authority : head.host;
  let text = `${head.method} ${target} HTTP/1.1\r\n`;
  let forwardedFor = '';
  let hasForwardedHost = false;
  let hasForwardedProto = false;
  let hasHost = false;
  for (let at = 0; at < fields.length; at += 2) {
    const name = fields[at] ?? '';
    const value = fields[at + 1] ?? '';
    switch (knownField(name)) {
      case 'host':
        hasHost = true;
        text += `${name}: ${host}\r\n`;
        continue;
      case 'content-length':
        break;
      case 'x-forwarded-for':
        forwardedFor += `${value}, `;
        continue;
      case 'x-forwarded-host':
        hasForwardedHost = true;
        break;
      case 'x-forwarded-proto':
        hasForwardedProto = true;
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
        if (connectionOptions.length > 0 && connectionOptions.includes(name.toLowerCase())) continue;
    }
    text += `${name}: ${value}\r\n`;
  }
  if (!hasHost) text += `Host: ${host}\r\n`;
  if (head.framing.kind === 'chunked') text += 'Transfer-Encoding: chunked\r\n';
  if (head.upgrade !== null) text += `Connection: Upgrade\r\nUpgrade: ${head.upgrade}\r\n`;
  else if (head.takesTrailers) text += 'Connection: TE\r\nTE: trailers\r\n';
  text += `X-Forwarded-For: ${forwardedFor}${client.address}\r\n`;
  if (!hasForwardedHost) text += `X-Forwarded-Host: ${host}\r\n`;
  if (!hasForwardedProto) text += `X-Forwarded-Proto: ${client.proto}\r\n`;
  return `${text}\r\n`;
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
