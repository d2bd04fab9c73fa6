import type { Pushes, PushName } from '../../../shared/calls/contract.ts';
import type { Snapshot } from '../../../shared/view/snapshot.ts';
import type { EnginePush } from '../../engine/core/engine-api.ts';

/** The part of a window's contents used here. */
export interface PushTarget {
  isDestroyed(): boolean;
  send(channel: string, payload: unknown): void;
}

/** The part of the engine's host used here. */
export interface WatchedEngine {
  watch(): Promise<Snapshot | null>;
  unwatch(): Promise<void>;
}

/** Tells the window what happens: batches only while somebody can see them, one message a batch. */
export class WindowPublisher {
  readonly #target: () => PushTarget | null;
  readonly #engine: WatchedEngine;
  #isSeen = true;
  /** Whether the page has asked for batches at all. */
  #isAsked = false;

  constructor(target: () => PushTarget | null, engine: WatchedEngine) {
    this.#target = target;
    this.#engine = engine;
  }

  /** The page has just been loaded: what its batches build on, null while the engine is away. */
  async watch(): Promise<Snapshot | null> {
    this.#isAsked = true;
    const snapshot = await this.#engine.watch();
    if (!this.#isSeen) await this.#engine.unwatch();
    return snapshot;
  }

  /** A window that is seen again starts over from a whole snapshot. */
  async setSeen(isSeen: boolean): Promise<void> {
    if (isSeen === this.#isSeen) return;
    this.#isSeen = isSeen;
    if (!this.#isAsked) return;
    if (!isSeen) {
      await this.#engine.unwatch();
      return;
    }
    const snapshot = await this.#engine.watch();
    if (snapshot) this.send('engine:snapshot', snapshot);
  }

  send<N extends PushName>(name: N, payload: Pushes[N]): void {
    const target = this.#target();
    if (target && !target.isDestroyed()) target.send(name, payload);
  }

  /** Events reach the window inside their batch. */
  forward(push: EnginePush): void {
    if (push.push === 'batch') this.send('engine:batch', push.payload);
    else if (push.push === 'snapshot') this.send('engine:snapshot', push.payload);
  }
}
