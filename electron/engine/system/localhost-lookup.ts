import type { LookupFunction } from 'node:net';

const LOOPBACK = [
  { address: '::1', family: 6 },
  { address: '127.0.0.1', family: 4 },
] as const;

/**
 * RFC 6761 section 6.3: names below `localhost` are loopback, and nobody is to be asked for them. Browsers and curl go by
 * that; resolvers of some systems do not know such names.
 */
function isLocalhostName(host: string): boolean {
  const name = host.toLowerCase();
  return name.endsWith('.localhost') || name.endsWith('.localhost.');
}

const lookupLocalhost: LookupFunction = (_host, { all, family }, onDone) => {
  const wanted = LOOPBACK.filter((one) => (family !== 4 && family !== 6 ? true : one.family === family));
  const [first = LOOPBACK[1]] = wanted;
  process.nextTick(() => {
    if (all) onDone(null, [...wanted]);
    else onDone(null, first.address, first.family);
  });
};

const FOR_LOCALHOST = { lookup: lookupLocalhost };
const FOR_OTHERS = {};

/** What to connect to this host with, beside where: how its name is resolved, where that is not the system's business. */
export function lookupFor(host: string): { readonly lookup?: LookupFunction } {
  return isLocalhostName(host) ? FOR_LOCALHOST : FOR_OTHERS;
}
