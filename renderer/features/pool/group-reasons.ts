import type { BackendSnapshot, PoolSnapshot } from '../../../shared/view/snapshot.ts';

/** Backends that are out for one reason. */
export interface OutReason {
  readonly kind: 'down' | 'ejected' | 'forced' | 'simulated' | 'off';
  /** As it follows a name: `connection refused`. */
  readonly words: string;
  readonly backends: readonly BackendSnapshot[];
}

/** Those that are down by their checks first, then in the order of the config. */
export function groupReasons({ backends }: PoolSnapshot): readonly OutReason[] {
  const groups = new Map<string, { kind: OutReason['kind']; words: string; backends: BackendSnapshot[] }>();
  for (const backend of backends) {
    const { kind, words } = reasonOf(backend);
    const key = `${kind} ${words} ${JSON.stringify(backend.health.cause ?? null)}`;
    const group = groups.get(key);
    if (group) group.backends.push(backend);
    else groups.set(key, { kind, words, backends: [backend] });
  }
  return [...groups.values()].sort((a, b) => ORDER[a.kind] - ORDER[b.kind]);
}

const ORDER = { down: 0, simulated: 1, ejected: 2, forced: 3, off: 4 } as const;

function reasonOf({
  admin,
  forced,
  health,
  ejection,
  faults,
}: BackendSnapshot): Pick<OutReason, 'kind' | 'words'> {
  if (admin === 'draining') return { kind: 'off', words: 'drains, as you asked' };
  if (admin === 'disabled') return { kind: 'off', words: 'is switched off by you' };
  if (forced === 'down') return { kind: 'forced', words: 'is forced down by you' };
  if (health.health === 'down') {
    // A fault that is simulated is the reason, whatever the check says of it.
    if (faults.length > 0) return { kind: 'simulated', words: `has a simulated fault: ${health.reason}` };
    return { kind: 'down', words: health.reason };
  }
  return { kind: 'ejected', words: `is ejected: ${ejection?.reason ?? ''}` };
}
