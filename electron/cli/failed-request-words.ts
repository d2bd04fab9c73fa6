import type { FailedRequest } from '../engine/core/failed-request.ts';

/** Characters of a path and query that are printed. */
const MOST_TARGET = 120;

/** One line about a failed request: `POST /x → 502: api-2 (http://127.0.0.1:5002): connection reset`. */
export function describeFailedRequest(failed: FailedRequest): string {
  const { code, method, target, status, client, reason } = failed;
  if (code === 'handshake') return `TLS handshake with ${client || 'a client'} failed: ${reason}`;
  if (code === 'connection') return `Connection of ${client || 'a client'} refused: ${reason}`;
  const what = method === '' ? `not a readable request, from ${client}` : `${method} ${shortened(target)}`;
  const got = code === 'cut' ? `${status}, cut short` : `${status}`;
  const why = [describeBackend(failed), reason].filter((part) => part !== '').join(': ');
  return why === '' ? `${what} → ${got}` : `${what} → ${got}: ${why}`;
}

function shortened(target: string): string {
  return target.length > MOST_TARGET ? `${target.slice(0, MOST_TARGET)}…` : target;
}

function describeBackend({ backend, code }: FailedRequest): string {
  if (backend === null) return '';
  const { name, url } = backend;
  const isNamed = url !== '' && !url.endsWith(`//${name}`);
  const label = isNamed ? `${name} (${url})` : url || name;
  return code === 'backend-status' ? `the response of ${label}` : label;
}
