import { isReachableFromNetwork } from '../config/listen-address.ts';

/**
 * Whether requests to a host stay on this machine. Names are not resolved: beside `localhost` and the names below it
 * (RFC 6761 section 6.3), only addresses count.
 *
 * @param host without the brackets of an IPv6 address
 */
export function isThisMachine(host: string): boolean {
  const name = host.toLowerCase();
  // The unspecified address, as a destination, is the machine itself.
  return !isReachableFromNetwork(name) || name.endsWith('.localhost') || name === '0.0.0.0' || name === '::';
}
