import type { BackendConfig } from '../../../shared/config/config.ts';
import type { ProbeTrial } from '../../../shared/view/snapshot.ts';
import type { Probe, RunningProbe } from './probe.ts';

/** Probes that somebody asked for to see what they get; they change nobody's health. */
export class Trials {
  readonly #running = new Map<RunningProbe, () => void>();

  /** @returns null when it was stopped before it had a result */
  run(probe: Probe, backend: BackendConfig): Promise<ProbeTrial | null> {
    const running = probe(backend, { keepsBody: true });
    return new Promise((resolve) => {
      this.#running.set(running, () => resolve(null));
      void running.result.then((result) => {
        const { hasPassed, words, answer, suggestedPath } = result;
        this.#running.delete(running);
        resolve({
          passed: hasPassed,
          words,
          ...(result.hasPassed ? {} : { cause: result.cause }),
          durationMs: running.durationMs(),
          ...(suggestedPath ? { suggestedPath } : {}),
          ...answer,
        });
      });
    });
  }

  stop(): void {
    for (const [running, giveUp] of this.#running) {
      running.cancel();
      giveUp();
    }
    this.#running.clear();
  }
}
