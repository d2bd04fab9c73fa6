import type { EngineEvent } from '../../../shared/view/engine-event.ts';
import { type Batch, EVENTS_KEPT, type Snapshot } from '../../../shared/view/snapshot.ts';
import { Ring } from '../stats/ring.ts';

/** The events of one engine after another, numbered through: an engine that dies takes its own list with it. */
export class EventHistory {
  readonly #events = new Ring<EngineEvent>(EVENTS_KEPT);
  /** Ours by the number the engine of now gave it. */
  readonly #byEngineId = new Map<number, EngineEvent>();

  /** @returns the event as the world sees it */
  add(event: EngineEvent): EngineEvent {
    const own = this.#keep(event);
    this.#byEngineId.set(event.id, own);
    this.#byEngineId.delete(event.id - EVENTS_KEPT);
    return own;
  }

  /** A new engine counts from 1 again. */
  beginLife(): void {
    this.#byEngineId.clear();
  }

  restarted(reason: string, at: number): EngineEvent {
    return this.#keep({ kind: 'engine-restarted', reason, id: 0, at });
  }

  inSnapshot(snapshot: Snapshot): Snapshot {
    return { ...snapshot, events: this.#events.all() };
  }

  /** Events that were never added, as while an engine is brought back to where it was, are left out. */
  inBatch(batch: Batch): Batch {
    return { ...batch, events: batch.events.flatMap(({ id }) => this.#byEngineId.get(id) ?? []) };
  }

  #keep(event: EngineEvent): EngineEvent {
    const own = { ...event, id: this.#events.added + 1 };
    this.#events.push(own);
    return own;
  }
}
