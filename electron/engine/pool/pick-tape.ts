import type { PolicyName } from '../../../shared/config/policies.ts';
import type { LeftOut, PickExplanation } from '../../../shared/view/exchange-record.ts';
import type { ForcedHealth, Health } from '../../../shared/view/snapshot.ts';
import type { Backend } from './backend.ts';

/** Backends: enough for 5,000 exchanges of pools with forty of them, and some retries. 2 MB. */
const LENGTH = 2 ** 18;
/** Picks: enough for the attempts of 5,000 exchanges. */
const PICKS = 2 ** 13;

/** In the place of a pick's number, for one that was not noted. */
export const NOT_NOTED = -1;

const HEALTH: readonly Health[] = ['unknown', 'up', 'down'];
const UP = HEALTH.indexOf('up');
const FORCED: readonly ForcedHealth[] = [null, 'up', 'down'];
const LEFT_OUT: readonly (LeftOut | null)[] = [
  null,
  'disabled',
  'draining',
  'forced-down',
  'down',
  'ejected',
  'full',
  'tried',
  'backup',
];

/** Whose turn it was to pick. */
export interface Picker {
  readonly policy: PolicyName;
  readonly backends: readonly Backend[];
}

/**
 * Why each pick fell as it did, and how every backend stood before it; written over from the start when the end is
 * reached. Objects would say it more plainly; kept for thousands of exchanges, a dozen for each, they cost the garbage
 * collector a tenth of what the whole proxy costs.
 */
export class PickTape {
  readonly #states = new Uint32Array(LENGTH);
  readonly #weights = new Float32Array(LENGTH);
  #written = 0;
  readonly #pickers: Picker[] = [];
  readonly #words: string[] = [];
  /** Where the backends of a pick begin. */
  readonly #starts = new Float64Array(PICKS);
  #picks = 0;

  /**
   * @param needsBackup whether none but backups could serve
   * @returns where they begin
   */
  write(backends: readonly Backend[], tried: readonly Backend[], needsBackup: boolean): number {
    const start = this.#written;
    let next = start;
    for (const backend of backends) {
      const at = next++ % LENGTH;
      const leftOut = backend.whyNot() ?? whyPassed(backend, tried, needsBackup);
      // Looked up only where it is not what it mostly is.
      this.#states[at] =
        (Math.min(backend.inFlight, 0xff_ffff) << 8) |
        (leftOut === null ? 0 : LEFT_OUT.indexOf(leftOut) << 4) |
        (backend.forced === null ? 0 : FORCED.indexOf(backend.forced) << 2) |
        (backend.health === 'up' ? UP : HEALTH.indexOf(backend.health));
      this.#weights[at] = backend.weight;
    }
    this.#written = next;
    return start;
  }

  /**
   * @param words why it fell as it did
   * @param start where its backends begin
   * @returns its number
   */
  note(picker: Picker, words: string, start: number): number {
    const at = this.#picks % PICKS;
    this.#pickers[at] = picker;
    this.#words[at] = words;
    this.#starts[at] = start;
    return this.#picks++;
  }

  /** @returns null when it was not noted, or has been written over */
  read(pick: number): PickExplanation | null {
    const at = pick % PICKS;
    const [picker, words, start] = [this.#pickers[at], this.#words[at], this.#starts[at] ?? 0];
    if (pick === NOT_NOTED || !picker || words === undefined) return null;
    if (this.#picks - pick > PICKS || this.#written - start > LENGTH) return null;
    const { policy, backends } = picker;
    const candidates = backends.map((backend, index) => {
      const at = (start + index) % LENGTH;
      const state = this.#states[at] ?? 0;
      return {
        backend: backend.config.name,
        weight: this.#weights[at] ?? 0,
        inFlight: state >>> 8,
        health: HEALTH[state & 3] ?? 'unknown',
        forced: FORCED[(state >> 2) & 3] ?? null,
        leftOut: LEFT_OUT[(state >> 4) & 15] ?? null,
      };
    });
    return { policy, words, candidates };
  }
}

function whyPassed(backend: Backend, tried: readonly Backend[], needsBackup: boolean): LeftOut | null {
  if (tried.length > 0 && tried.includes(backend)) return 'tried';
  return backend.config.backup && !needsBackup ? 'backup' : null;
}
