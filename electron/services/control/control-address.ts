import { fail, ok, type Result } from '../../../shared/calls/result.ts';
import { isReachableFromNetwork, parseListenAddress } from '../../../shared/config/listen-address.ts';

export interface ControlAddress {
  /** An IP address of this machine's own loopback. */
  readonly host: string;
  readonly port: number;
}

/** Reads `127.0.0.1:9900`, `[::1]:9900` or `:9900`; whoever controls the balancer has to be on this machine. */
export function parseControlAddress(text: string): Result<ControlAddress, string> {
  const address = parseListenAddress(text);
  if (!address.ok) return fail(`"${text}" ${address.error}`);
  const { host, port } = address.value;
  if (isReachableFromNetwork(host)) {
    return fail(`"${text}" could be reached by other machines; write "127.0.0.1:${port}"`);
  }
  // Without a host one address is enough: everything that calls finds the URL in the file of the instance.
  return ok({ host: host ?? '127.0.0.1', port });
}

/** The names a request may call this server by, as in a URL. */
export function hostNamesOf({ host }: ControlAddress): readonly string[] {
  return ['localhost', host.includes(':') ? `[${host}]` : host];
}
