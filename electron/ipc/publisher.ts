import type { Pushes, PushName } from '../../shared/contract.ts';
import type { EnginePush } from '../engine/engine-api.ts';

/** The part of a window's contents used here. */
export interface PushTarget {
  isDestroyed(): boolean;
  send(channel: string, payload: unknown): void;
}

/** Sends pushes to the window, while there is one. */
export class WindowPublisher {
  readonly #target: () => PushTarget | null;

  constructor(target: () => PushTarget | null) {
    this.#target = target;
  }

  send<N extends PushName>(name: N, payload: Pushes[N]): void {
    const target = this.#target();
    if (target && !target.isDestroyed()) target.send(name, payload);
  }

  /** One message a batch; events reach the window inside their batch. */
  forward(push: EnginePush): void {
    if (push.push === 'batch') this.send('engine:batch', push.payload);
    else if (push.push === 'snapshot') this.send('engine:snapshot', push.payload);
    else if (push.push === 'traffic') this.send('traffic:progress', push.payload);
  }
}
