import { isFreePort } from '../../engine/system/free-port.ts';

/** How far up to look. */
const TRIES = 100;

/** The first port from `from` up that is free on IPv4 and IPv6 loopback; 0, which takes any, when none is. */
export async function firstFreePort(from: number): Promise<number> {
  for (let port = from; port < Math.min(from + TRIES, 65_536); port++) {
    if (await isFreePort(port)) return port;
  }
  return 0;
}
