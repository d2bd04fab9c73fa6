import { isReachableFromNetwork, type ListenAddress } from './listen-address.ts';
import { hostName } from './route-match.ts';

export interface AllowedHostsSettings {
  readonly address: ListenAddress;
  readonly routes: readonly { readonly host?: string | undefined }[];
  /** Names, `*.` and a name, or `*`; lower case. */
  readonly allowedHosts: readonly string[];
}

/**
 * Which hosts a listener takes requests for where it replaces the Host header. A page whose name was pointed at this
 * machine (DNS rebinding) sends its own name; the backend, which would refuse that name, no longer sees it.
 *
 * A listener that only this machine reaches takes names and addresses of this machine, the hosts of its routes and those
 * that are allowed. One that the network reaches takes every host, unless some are listed: its names are not known here.
 */
export class AllowedHosts {
  readonly #isAny: boolean;
  readonly #names: ReadonlySet<string>;
  /** What names have to end with: `.example.test`. */
  readonly #endings: readonly string[];

  constructor({ address, routes, allowedHosts }: AllowedHostsSettings) {
    const isOpen = isReachableFromNetwork(address.host) && allowedHosts.length === 0;
    const listed = [...allowedHosts, ...routes.flatMap(({ host }) => host ?? [])];
    this.#isAny = isOpen || listed.includes('*');
    this.#names = new Set(listed);
    this.#endings = listed.filter((host) => host.startsWith('*.')).map((host) => host.slice(1));
  }

  /** @param authority as in a Host header; empty for a request of HTTP/1.0 without one, which no page sends */
  has(authority: string): boolean {
    if (this.#isAny || authority === '') return true;
    const name = hostName(authority);
    return (
      name === 'localhost' ||
      name.endsWith('.localhost') ||
      isAddress(name) ||
      this.#names.has(name) ||
      this.#endings.some((ending) => name.endsWith(ending) && name.length > ending.length)
    );
  }
}

/** An address cannot be pointed elsewhere. */
function isAddress(name: string): boolean {
  return name.startsWith('[') || /^\d{1,3}(?:\.\d{1,3}){3}$/.test(name);
}
