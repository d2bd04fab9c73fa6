import { fail, ok, type Result } from './result.ts';

/** Where a listener binds. `host: null` means loopback, IPv4 and IPv6 both. Port 0 takes a free one. */
export interface ListenAddress {
  readonly host: string | null;
  readonly port: number;
}

const FORMS = 'write ":8080", 8080, "127.0.0.1:8080", "[::1]:8080" or "0.0.0.0:8080"';
const SHAPE = /^(?:\[([0-9a-fA-F:.]+)\]|([^:[\]\s]*)):(\d{1,5})$|^(\d{1,5})$/;

/** Reads `":8080"`, `8080`, `"127.0.0.1:8080"`, `"[::1]:8080"` or `"0.0.0.0:8080"`. */
export function parseListenAddress(input: string | number): Result<ListenAddress, string> {
  const shape = SHAPE.exec(String(input));
  if (!shape) return fail(`is not an address to listen on; ${FORMS}`);
  const port = Number(shape[3] ?? shape[4]);
  if (port > 65_535) return fail('has a port above 65535; use 1 to 65535, or 0 for a free one');
  const host = shape[1] ?? shape[2] ?? '';
  return ok({ host: host === '' ? null : host, port });
}

/** Whether binding this host lets other machines in. Names are not resolved: anything not loopback counts. */
export function isReachableFromNetwork(host: string | null): boolean {
  return !(host === null || host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host));
}
