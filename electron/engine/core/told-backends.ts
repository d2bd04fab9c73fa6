import type { Config } from '../../../shared/config/config.ts';
import type { BackendKey } from '../../../shared/view/snapshot.ts';
import type { EngineArguments } from './engine-api.ts';

/** What the user has told an engine of its backends, and another one has to be told again. */
export class ToldBackends {
  readonly admin = new ByBackend<EngineArguments['setAdmin']>();
  readonly forced = new ByBackend<EngineArguments['forceHealth']>();
  readonly faults = new ByBackend<EngineArguments['setFaults']>();

  /** Whatever faults there were, in the config too, there are none now. */
  clearFaults(config: Config): void {
    for (const { pool, backend } of keysOf(config)) {
      const none = { pool, backend, faults: [], seed: null };
      this.faults.set(none, none);
    }
  }

  /** Another config is in force: who is not in it is forgotten, and whoever has other faults in it has those. */
  configChanged(before: Config | null, after: Config): void {
    const places = new Set(keysOf(after).map(textOf));
    for (const kept of [this.admin, this.forced, this.faults]) kept.keepOnly(places);
    const old = new Map((before ? keysOf(before) : []).map((key) => [textOf(key), key.faults]));
    for (const key of keysOf(after)) {
      const previous = old.get(textOf(key)) ?? '[]';
      if (previous !== key.faults) this.faults.set(key, null);
    }
  }
}

class ByBackend<T extends BackendKey> {
  readonly #told = new Map<string, T>();

  /** @param request null when there is nothing to tell */
  set(key: BackendKey, request: T | null): void {
    if (request === null) this.#told.delete(textOf(key));
    else this.#told.set(textOf(key), request);
  }

  values(): Iterable<T> {
    return this.#told.values();
  }

  keepOnly(places: ReadonlySet<string>): void {
    for (const place of this.#told.keys()) if (!places.has(place)) this.#told.delete(place);
  }
}

function keysOf(config: Config): readonly (BackendKey & { readonly faults: string })[] {
  return config.pools.flatMap(({ name, backends }) =>
    backends.map((one) => ({ pool: name, backend: one.name, faults: JSON.stringify(one.faults) })),
  );
}

function textOf({ pool, backend }: BackendKey): string {
  return JSON.stringify([pool, backend]);
}
