import type { Worker } from 'node:worker_threads';
import type { CommandFailure } from '../../../shared/calls/contract.ts';
import { fail, type Result } from '../../../shared/calls/result.ts';
import type { EngineArguments, EngineCalls, EnginePush, WorkerMessage } from './engine-api.ts';

export type EngineAnswer<C extends keyof EngineCalls> = Awaited<ReturnType<EngineCalls[C]>>;
/** What a call gets that the engine did not live to answer. */
export type Lost = Result<never, CommandFailure>;

export interface LinkEvents {
  onPush(push: EnginePush): void;
  /** The thread has ended, asked or not. All its calls have been answered by then. */
  onExit(reason: string): void;
}

export function unavailable(message: string): Lost {
  return fail({ code: 'engine-unavailable', message });
}

/** One engine thread, from spawn to exit: calls go in with an id, answers and pushes come out. */
export class WorkerLink {
  /** True once the engine can be called; false when the thread ended before. */
  readonly ready: Promise<boolean>;
  readonly #worker: Worker;
  readonly #events: LinkEvents;
  readonly #waiting = new Map<number, (result: unknown) => void>();
  #lastId = 0;
  #hasEnded = false;
  #reason = 'its thread ended';

  constructor(worker: Worker, events: LinkEvents) {
    this.#worker = worker;
    this.#events = events;
    let settle: (isReady: boolean) => void = () => undefined;
    this.ready = new Promise((resolve) => {
      settle = resolve;
    });
    worker.on('message', (message: WorkerMessage) => {
      if (message.kind === 'ready') settle(true);
      else this.#receive(message);
    });
    worker.on('error', (error) => {
      this.#reason = error instanceof Error ? error.message : String(error);
    });
    worker.on('exit', () => {
      settle(false);
      this.#end();
    });
  }

  call<C extends keyof EngineCalls>(call: C, argument: EngineArguments[C]): Promise<EngineAnswer<C> | Lost> {
    if (this.#hasEnded) return Promise.resolve(lost());
    const id = ++this.#lastId;
    return new Promise((resolve) => {
      // Where a value that crossed the thread gets its type back: both sides are built from the same calls.
      this.#waiting.set(id, resolve as (result: unknown) => void);
      this.#worker.postMessage({ id, call, argument });
    });
  }

  async terminate(): Promise<void> {
    await this.#worker.terminate();
  }

  #receive(message: Exclude<WorkerMessage, { kind: 'ready' }>): void {
    // What was on its way when the thread ended is about an engine that is gone.
    if (this.#hasEnded) return;
    if (message.kind === 'push') {
      this.#events.onPush(message.body);
      return;
    }
    this.#waiting.get(message.id)?.(message.result);
    this.#waiting.delete(message.id);
  }

  #end(): void {
    this.#hasEnded = true;
    for (const answer of this.#waiting.values()) answer(lost());
    this.#waiting.clear();
    this.#events.onExit(this.#reason);
  }
}

function lost(): Lost {
  return unavailable('The engine stopped before it could answer; it is being restarted.');
}
