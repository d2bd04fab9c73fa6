import { BlockList, isIPv6 } from 'node:net';
import { detached } from '../message/detached.ts';

const MOST_KNOWN = 1_000;
/** Of what is remembered, in characters: an IPv6 address with a zone. */
const LONGEST = 64;

/** Addresses whose word on who asked is taken: `loopback`, single addresses and CIDR ranges. */
export class TrustedProxies {
  readonly #addresses = new BlockList();
  /** What was asked before: the list takes 2 µs to ask, and the same few peers are asked about with every request. */
  readonly #known = new Map<string, boolean>();

  /** @param entries as the config's `trustedProxies`, already checked */
  constructor(entries: readonly string[]) {
    for (const entry of entries) this.#add(entry);
  }

  /** @param address as Node gives it, or as a proxy wrote it; what is no address is not trusted */
  has(address: string): boolean {
    const known = this.#known.get(address);
    if (known !== undefined) return known;
    const isListed = this.#addresses.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
    if (this.#known.size === MOST_KNOWN) this.#known.clear();
    if (address.length <= LONGEST) this.#known.set(detached(address, Number.POSITIVE_INFINITY), isListed);
    return isListed;
  }

  /**
   * Who asked first, as far as the chain can be believed: every hop appends the address it was reached from, so the
   * last one that is not a trusted proxy is the client.
   *
   * @param peer at the other end of the connection
   * @param forwardedFor the X-Forwarded-For field as it came, several joined by commas; null without one
   */
  clientOf(peer: string, forwardedFor: string | null): string {
    if (forwardedFor === null || !this.has(peer)) return peer;
    let client = peer;
    for (const hop of forwardedFor.split(',').reverse()) {
      const address = addressOf(hop.trim());
      if (address === '') return client;
      client = address;
      if (!this.has(address)) return client;
    }
    return client;
  }

  #add(entry: string): void {
    if (entry === 'loopback') {
      this.#addresses.addSubnet('127.0.0.0', 8, 'ipv4');
      this.#addresses.addAddress('::1', 'ipv6');
      return;
    }
    const [address = entry, bits] = entry.split('/');
    const family = isIPv6(address) ? 'ipv6' : 'ipv4';
    if (bits === undefined) this.#addresses.addAddress(address, family);
    else this.#addresses.addSubnet(address, Number(bits), family);
  }
}

/** Some proxies write the port too, and IPv6 addresses in brackets then. */
function addressOf(hop: string): string {
  const [, bracketed, plain] = /^\[([\da-fA-F:.]+)\](?::\d+)?$|^([\d.]+):\d+$/.exec(hop) ?? [];
  return bracketed ?? plain ?? hop;
}
