import { quoteStart, recogniseProtocol } from '../../../../shared/view/foreign-protocol.ts';
import { authenticatesConnection } from '../client/private-connections.ts';
import { addConnectionOptions, type ConnectionOptions, NO_OPTIONS } from './connection-options.ts';
import { detached, KEPT_WHOLE } from './detached.ts';
import { type Fields, knownField, readFields } from './fields.ts';
import { notARequest } from './foreign-bytes.ts';
import { declaredFraming, type Framing, NO_BODY } from './framing.ts';
import { isToken, listMembers, TARGET } from './grammar.ts';
import { Malformed } from './malformed.ts';
import { targetTooLong, tooManyHeaders } from './request-limits.ts';

/** A request's head, checked. Whatever is ambiguous never becomes one. */
export interface RequestHead {
  readonly method: string;
  /** Origin form (`/path?query`) or `*`, byte for byte as sent. */
  readonly target: string;
  /** Whom the request is for: the authority of an absolute target, else `Host`; empty only in HTTP/1.0. */
  readonly host: string;
  readonly isHttp10: boolean;
  readonly fields: Fields;
  /** Whether a name has a mark in it other than `-`; see `isAlias`. */
  readonly hasMarkedNames: boolean;
  readonly framing: Framing;
  /** Whether the client wants to keep the connection. */
  readonly isPersistent: boolean;
  /** The members of `Connection`, in lower case. */
  readonly connectionOptions: ConnectionOptions;
  /** The protocol asked for when `Connection` says `upgrade`, else null. */
  readonly upgrade: string | null;
  readonly expectsContinue: boolean;
  /** Whether it has credentials that authenticate its connection (NTLM, Negotiate). */
  readonly authenticatesConnection: boolean;
  /** Whether `TE` takes trailers. */
  readonly takesTrailers: boolean;
  /** What earlier hops say of who asked: X-Forwarded-For, several joined by commas; null without one. */
  readonly forwardedFor: string | null;
  /** Which hops it has passed, as they name themselves in CDN-Loop (RFC 8586); null without one. */
  readonly passedHops: string | null;
  /** How many more hops an OPTIONS or TRACE may go (RFC 9110 section 7.6.2); null when it does not say. */
  readonly maxForwards: number | null;
}

export interface HeadLimits {
  /** Bytes. */
  readonly target: number;
  /** Lines. */
  readonly headers: number;
}

interface RequestLine {
  readonly method: string;
  readonly target: string;
  readonly isHttp10: boolean;
}

/** Most hops in X-Forwarded-For: each trusted one is looked up, for every request. */
export const MAX_FORWARDED_HOPS = 100;

/** @param text latin1, from the request line up to the empty line, which is left out */
export function parseRequestHead(text: string, limits: HeadLimits): RequestHead | Malformed {
  const lineEnd = text.indexOf('\r\n');
  const line = parseRequestLine(detached(text.slice(0, lineEnd), text.length), limits.target);
  if (line instanceof Malformed) return line;
  const fields: Fields = [];
  const names = readFields(text, lineEnd + 2, limits.headers, fields);
  if (names instanceof Malformed) {
    const isTooMany = names.code === 'too-many-headers';
    return isTooMany ? new Malformed(names.code, tooManyHeaders(limits.headers)) : names;
  }
  const head = interpret(line, fields, names === 'marked');
  if (head instanceof Malformed || head.forwardedFor === null || text.length <= KEPT_WHOLE) return head;
  return { ...head, forwardedFor: detached(head.forwardedFor, text.length) };
}

/** RFC 9112 section 3, one space each. Exported so that a bad first line is refused before the rest comes. */
export function parseRequestLine(line: string, maxTarget: number): RequestLine | Malformed {
  const methodEnd = line.indexOf(' ');
  const targetEnd = line.lastIndexOf(' ');
  const method = line.slice(0, methodEnd);
  if (methodEnd <= 0 || targetEnd === methodEnd || !isToken(method)) {
    return recogniseProtocol(line) === null
      ? new Malformed(
          'bad-request-line',
          `The request line ${quoteStart(line)} is not "METHOD target HTTP/1.1".`,
        )
      : notARequest(line);
  }
  const version = line.slice(targetEnd + 1);
  if (version !== 'HTTP/1.1' && version !== 'HTTP/1.0') {
    if (method === 'PRI') return notARequest(line);
    if (/^HTTP\/\d\.\d$/.test(version))
      return new Malformed('unsupported-version', `${version} is not served; use HTTP/1.1.`);
    return new Malformed('bad-request-line', 'The request line does not end with HTTP/1.1.');
  }
  const target = line.slice(methodEnd + 1, targetEnd);
  if (target.length > maxTarget) return new Malformed('target-too-long', targetTooLong(maxTarget));
  for (let at = 0; at < target.length; at++) {
    if (TARGET[target.charCodeAt(at)] !== 1) {
      return new Malformed(
        'bad-request-line',
        'The request target has a character in it that must be percent-encoded.',
      );
    }
  }
  return { method, target, isHttp10: version === 'HTTP/1.0' };
}

function interpret(line: RequestLine, fields: Fields, hasMarkedNames: boolean): RequestHead | Malformed {
  let hosts = 0;
  let host = '';
  let contentLengths = 0;
  let contentLength: string | null = null;
  let transferEncodings = 0;
  let transferEncoding: string | null = null;
  let connectionOptions: ConnectionOptions = NO_OPTIONS;
  let upgrade: string | null = null;
  let expectsContinue = false;
  let isConnectionAuth = false;
  let takesTrailers = false;
  let forwardedFor: string | null = null;
  let passedHops: string | null = null;
  let maxForwards: number | null = null;
  for (let at = 0; at < fields.length; at += 2) {
    const value = fields[at + 1] ?? '';
    switch (knownField(fields[at] ?? '')) {
      case 'host':
        hosts++;
        host = value;
        break;
      case 'content-length':
        contentLengths++;
        contentLength = value;
        break;
      case 'transfer-encoding':
        transferEncodings++;
        transferEncoding = value;
        break;
      case 'connection': {
        const options = addConnectionOptions(connectionOptions, value);
        if (options instanceof Malformed) return options;
        connectionOptions = options;
        break;
      }
      case 'upgrade':
        upgrade = upgrade === null ? value : `${upgrade}, ${value}`;
        break;
      case 'authorization':
        isConnectionAuth ||= authenticatesConnection(value);
        break;
      case 'expect':
        expectsContinue = value.toLowerCase() === '100-continue';
        break;
      case 'te':
        takesTrailers ||= listMembers(value).includes('trailers');
        break;
      case 'cdn-loop':
        passedHops = passedHops === null ? value : `${passedHops}, ${value}`;
        break;
      case 'max-forwards':
        // For other methods it means nothing, and nor does what is no number.
        if ((line.method === 'OPTIONS' || line.method === 'TRACE') && /^\d{1,9}$/.test(value))
          maxForwards = Number(value);
        break;
      case 'x-forwarded-for':
        // RFC 9110 section 5.6.1: a list is not sent on with empty members.
        if (value !== '') forwardedFor = forwardedFor === null ? value : `${forwardedFor}, ${value}`;
        break;
    }
  }
  const { method, isHttp10 } = line;
  const framing = declaredFraming({
    contentLength,
    contentLengths,
    transferEncoding,
    transferEncodings,
    isHttp10,
  });
  if (framing instanceof Malformed) return framing;
  if (forwardedFor !== null && hopCount(forwardedFor) > MAX_FORWARDED_HOPS)
    return new Malformed('bad-field', `X-Forwarded-For names more than ${MAX_FORWARDED_HOPS} hops.`);
  if (hosts > 1) return new Malformed('bad-host', 'Host is given more than once.');
  if (hosts === 0 && !isHttp10) return new Malformed('bad-host', 'There is no Host header.');
  if (hosts === 1 && !isAuthority(host))
    return new Malformed('bad-host', 'The Host header is not a host and port.');
  const resolved = resolveTarget(line, host);
  if (resolved instanceof Malformed) return resolved;
  return {
    method,
    target: resolved.target,
    host: resolved.host,
    isHttp10,
    fields,
    hasMarkedNames,
    framing: framing ?? NO_BODY,
    isPersistent: isHttp10 ? connectionOptions.has('keep-alive') : !connectionOptions.has('close'),
    connectionOptions,
    upgrade: !isHttp10 && upgrade !== null && connectionOptions.has('upgrade') ? upgrade : null,
    expectsContinue: expectsContinue && !isHttp10,
    authenticatesConnection: isConnectionAuth,
    takesTrailers,
    forwardedFor,
    passedHops,
    maxForwards,
  };
}

function hopCount(forwardedFor: string): number {
  let hops = 1;
  for (let at = forwardedFor.indexOf(','); at !== -1; at = forwardedFor.indexOf(',', at + 1)) hops++;
  return hops;
}

/** The four forms of RFC 9112 section 3.2; authority form belongs to CONNECT, which is answered elsewhere. */
function resolveTarget(line: RequestLine, host: string): { target: string; host: string } | Malformed {
  const { method, target } = line;
  if (target.charCodeAt(0) === 0x2f || method === 'CONNECT') return { target, host };
  if (target === '*' && method === 'OPTIONS') return { target, host };
  const scheme = /^https?:\/\//i.exec(target)?.[0] ?? '';
  const behind = target.slice(scheme.length);
  const authorityEnd = behind.search(/[/?]/);
  const authority = authorityEnd === -1 ? behind : behind.slice(0, authorityEnd);
  if (scheme === '' || !isAuthority(authority)) {
    return new Malformed('bad-request-line', 'The request target is not a path, such as "/".');
  }
  const rest = behind.slice(authority.length);
  // RFC 9112 section 3.2.4: OPTIONS with an empty path asks about the server as a whole.
  if (rest === '' && method === 'OPTIONS') return { target: '*', host: authority };
  return { target: rest.startsWith('/') ? rest : `/${rest}`, host: authority };
}

const AUTHORITY = /^(?:\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._~!$&'()*+,;=%-]+)(?::\d{0,5})?$/;

function isAuthority(text: string): boolean {
  return AUTHORITY.test(text);
}
