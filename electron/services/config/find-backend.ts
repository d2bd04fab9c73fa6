import { fail, ok, type Result } from '../../../shared/calls/result.ts';
import type { BackendKey } from '../../../shared/view/snapshot.ts';
import { closest } from './did-you-mean.ts';

interface PoolOfBackends {
  readonly name: string;
  readonly backends: readonly { readonly name: string }[];
}

/** The backend somebody has typed: `users/a`, or `a` where that can be no other. */
export function findBackend(typed: string, pools: readonly PoolOfBackends[]): Result<BackendKey, string> {
  const all = pools.flatMap((pool) =>
    pool.backends.map((backend) => ({ pool: pool.name, backend: backend.name })),
  );
  return findNamed('backend', typed, all);
}

/** The same for whatever else has a name within a pool. */
export function findNamed(
  kind: string,
  typed: string,
  all: readonly BackendKey[],
): Result<BackendKey, string> {
  const inFull = all.find((key) => fullName(key) === typed);
  if (inFull) return ok(inFull);
  const named = all.filter(({ backend }) => backend === typed);
  const [only, another] = named;
  if (only && another)
    return fail(`"${typed}" is in more than one pool; write ${named.map(fullName).join(' or ')}`);
  if (only) return ok(only);
  const near = closest(typed, [...all.map(fullName), ...all.map(({ backend }) => backend)]);
  if (near !== null) return fail(`there is no ${kind} "${typed}"; did you mean "${near}"?`);
  return fail(`there is no ${kind} "${typed}"; there is ${all.map(fullName).join(', ') || 'none at all'}`);
}

export function fullName({ pool, backend }: BackendKey): string {
  return `${pool}/${backend}`;
}
