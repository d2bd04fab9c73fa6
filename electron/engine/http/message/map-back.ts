import type { Origin } from '../../../../shared/config/origin.ts';
import { type ClientOrigin, hostOf, portOfClient } from './client-origin.ts';
import { trimBlanks } from './grammar.ts';

/** Where things are for the backend, and where for the client. */
export interface Addresses {
  readonly backend: Origin;
  /** The Host that the backend was sent. */
  readonly sentHost: string;
  readonly client: ClientOrigin;
  /** What the backend's paths begin with, and what the client's have in its place; both without a slash at the end. */
  readonly prefix: { readonly backend: string; readonly client: string };
}

/** Response headers that hold addresses. */
export type AddressField = 'content-location' | 'location' | 'refresh' | 'set-cookie';

/**
 * The value as it is right for the client: an address that is the backend's own becomes the client's, and a path that a
 * route or a base path changed on the way there is changed back. Every other value is returned as it is.
 */
export function mapBack(field: AddressField, value: string, addresses: Addresses): string {
  switch (field) {
    case 'content-location':
    case 'location':
      return mapUrl(value, addresses);
    case 'refresh':
      return mapRefresh(value, addresses);
    case 'set-cookie':
      return mapCookie(value, addresses);
  }
}

const ABSOLUTE = /^(?:(https?):)?\/\/([^/?#\\]*)/i;

function mapUrl(value: string, addresses: Addresses): string {
  const absolute = ABSOLUTE.exec(value);
  if (absolute) {
    const [start, scheme, authority = ''] = absolute;
    if (!isOwn(scheme, authority, addresses)) return value;
    const { client } = addresses;
    return `${client.scheme}://${client.authority}${mapPath(value.slice(start.length), addresses)}`;
  }
  // A path without a slash before it is relative to the request, whose prefix it keeps.
  return value.startsWith('/') ? mapPath(value, addresses) : value;
}

/**
 * Whether the backend means itself: by its own address, by the Host it was sent, by that name with the port it listens
 * on (nginx), or by another name of this machine where it is on this machine. Only under the scheme it is spoken to in:
 * a redirect from http to https is meant.
 */
function isOwn(scheme: string | undefined, authority: string, { backend, sentHost }: Addresses): boolean {
  if (scheme !== undefined && scheme.toLowerCase() !== backend.protocol) return false;
  const host = hostOf(authority).toLowerCase();
  const port = portOfClient(authority, backend.protocol);
  const sentName = hostOf(sentHost).toLowerCase();
  if (host === sentName && port === portOfClient(sentHost, backend.protocol)) return true;
  if (port !== String(backend.port)) return false;
  return (
    host === sentName ||
    host === hostOf(backend.authority) ||
    (isThisMachine(host) && isThisMachine(backend.host))
  );
}

/** Names and addresses of loopback, and those that stand for every address of the machine. */
function isThisMachine(host: string): boolean {
  return (
    /^(?:localhost|127(?:\.\d{1,3}){3}|\[?::1\]?|0\.0\.0\.0|\[?::\]?)$/.test(host) ||
    host.endsWith('.localhost')
  );
}

/** @param path what follows an authority, query and fragment included; may be empty */
function mapPath(path: string, { prefix }: Addresses): string {
  if (prefix.backend === '' && prefix.client === '') return path;
  const absolute = path.startsWith('/') ? path : `/${path}`;
  if (!isBelow(absolute, prefix.backend)) return path;
  // An application that reads X-Forwarded-Prefix has put it there itself.
  if (prefix.backend === '' && isBelow(absolute, prefix.client)) return path;
  // RFC 3986 section 4.2: two slashes first, or a slash and a backslash to browsers, would lead to another host.
  const rest = absolute.slice(prefix.backend.length).replace(/^[/\\]+/, '/');
  return prefix.client === '' && !rest.startsWith('/') ? `/${rest}` : prefix.client + rest;
}

/** Whether the path is the prefix, or below it by whole segments. */
function isBelow(path: string, prefix: string): boolean {
  if (!path.startsWith(prefix)) return false;
  const next = path.charAt(prefix.length);
  return prefix === '' || next === '' || next === '/' || next === '?' || next === '#';
}

/** `5; url=/next`, the URL in quotes or not. */
function mapRefresh(value: string, addresses: Addresses): string {
  const at = value.toLowerCase().indexOf('url=');
  if (at === -1) return value;
  const rest = value.slice(at + 4);
  const quote = /^["']/.exec(rest)?.[0] ?? '';
  const end = quote === '' ? rest.length : rest.indexOf(quote, 1);
  if (end === -1) return value;
  const url = trimBlanks(rest.slice(quote.length, end));
  return `${value.slice(0, at + 4)}${quote}${mapUrl(url, addresses)}${rest.slice(end)}`;
}

/**
 * `Path` follows the prefix. A `Domain` that is the backend's and not the client's is left out: the client would refuse
 * the cookie, and without it the cookie is for the host that the client asked (RFC 6265 section 5.3).
 */
function mapCookie(value: string, addresses: Addresses): string {
  const [pair = '', ...attributes] = value.split(';');
  let isSame = true;
  let mapped = pair;
  for (const attribute of attributes) {
    const equals = attribute.indexOf('=');
    const name = trimBlanks(equals === -1 ? attribute : attribute.slice(0, equals)).toLowerCase();
    const own = equals === -1 ? '' : trimBlanks(attribute.slice(equals + 1));
    if (name === 'domain' && isForeignDomain(own, addresses)) {
      isSame = false;
    } else if (name === 'path' && cookiePath(own, addresses) !== own) {
      isSame = false;
      mapped += `;${attribute.slice(0, equals + 1)}${cookiePath(own, addresses)}`;
    } else {
      mapped += `;${attribute}`;
    }
  }
  return isSame ? value : mapped;
}

/** `/` is for all paths on either side, and stays. */
function cookiePath(path: string, addresses: Addresses): string {
  const { backend, client } = addresses.prefix;
  if (path === '/' || !path.startsWith('/')) return path;
  if (isBelow(path, backend)) return mapPath(path, addresses);
  // It is for more than what the client sees of the backend: for all that it sees.
  return isBelow(backend, path.endsWith('/') ? path.slice(0, -1) : path) ? client || '/' : path;
}

function isForeignDomain(written: string, { backend, sentHost, client }: Addresses): boolean {
  const domain = (written.startsWith('.') ? written.slice(1) : written).toLowerCase();
  if (domain === '' || isWithin(hostOf(client.authority), domain)) return false;
  return isWithin(hostOf(backend.authority), domain) || isWithin(hostOf(sentHost), domain);
}

/** RFC 6265 section 5.1.3. */
function isWithin(host: string, domain: string): boolean {
  const name = host.toLowerCase();
  return name === domain || name.endsWith(`.${domain}`);
}
