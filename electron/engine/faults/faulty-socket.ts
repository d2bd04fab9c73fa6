import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import type { FaultyLine, Flow, Stage } from './line.ts';
import type { FaultPlan } from './plan.ts';

/** Bytes held back in one direction beyond which no more are read: what a long line of good bandwidth has on it. */
const WINDOW_BYTES = 4_194_304;

/**
 * A connection to a backend with faults at work on it, in the place of the plain one: it is written to, read and closed
 * in the same way. Serves one exchange, or one tunnel.
 */
export class FaultySocket extends Duplex {
  readonly #backend: Socket | null;
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #stages: readonly Stage[];
  readonly #toBackend: Flow;
  readonly #toClient: Flow;
  #heldForBackend = 0;
  #heldForClient = 0;
  #isClientFull = false;
  #hasEnded = false;
  #isLeaving = false;
  #onRoom: (() => void) | null = null;

  /**
   * @param backend read by nobody yet; null when nothing gets there
   * @param plan not one that refuses the connection
   */
  constructor(backend: Socket | null, plan: FaultPlan) {
    super();
    this.#backend = backend;
    const line: FaultyLine = {
      now: () => performance.now(),
      after: (delayMs, run) => this.#after(delayMs, run),
      answer: (bytes) => this.#enterForClient(bytes),
      discard: (bytes) => this.#discard(bytes),
      close: () => this.#end(),
      reset: () => this.#reset(),
    };
    const stages: Stage[] = [];
    let toBackend: Flow = {
      pass: (bytes) => this.#leaveForBackend(bytes),
      end: () => backend?.end(),
    };
    let toClient: Flow = { pass: (bytes) => this.#leaveForClient(bytes), end: () => this.#end() };
    for (const effect of plan.effects.toReversed()) {
      if (effect.toBackend) {
        const stage: Stage = effect.toBackend(toBackend, line);
        stages.unshift(stage);
        toBackend = stage;
      }
      if (effect.toClient) {
        const stage: Stage = effect.toClient(toClient, line);
        stages.unshift(stage);
        toClient = stage;
      }
    }
    this.#stages = stages;
    this.#toBackend = toBackend;
    this.#toClient = toClient;
    backend?.on('data', (bytes: Buffer) => this.#enterForClient(bytes));
    backend?.on('end', () => this.#toClient.end());
    backend?.on('drain', () => this.#letMoreIn());
    backend?.on('error', (problem) => this.destroy(problem));
    backend?.on('writeFailed', (problem: Error) => this.emit('writeFailed', problem));
    for (const event of ['connect', 'secureConnect']) {
      if (backend) backend.once(event, () => this.emit(event));
      else process.nextTick(() => this.emit(event));
    }
  }

  get localAddress(): string | undefined {
    return this.#backend?.localAddress;
  }

  get localPort(): number | undefined {
    return this.#backend?.localPort;
  }

  get remotePort(): number | undefined {
    return this.#backend?.remotePort;
  }

  /** The faults are over. What they hold back goes on now. */
  release(): void {
    for (const stage of this.#stages) stage.release();
  }

  /** As a socket's: it closes when all that was written has gone out. */
  destroySoon(): void {
    this.#isLeaving = true;
    if (this.#backend === null || this.#heldForBackend === 0) this.destroy();
  }

  override _write(bytes: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.#heldForBackend += bytes.length;
    this.#toBackend.pass(bytes);
    if (this.#isBackendFull) this.#onRoom = done;
    else done();
  }

  override _final(done: () => void): void {
    this.#toBackend.end();
    done();
  }

  override _read(): void {
    this.#isClientFull = false;
    this.#readOn();
  }

  override _destroy(problem: Error | null, done: (problem: Error | null) => void): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    // It has told all it had to say.
    this.#backend?.removeAllListeners().on('error', () => undefined);
    this.#backend?.destroySoon();
    done(problem);
  }

  get #isBackendFull(): boolean {
    return this.#heldForBackend > WINDOW_BYTES || this.#backend?.writableNeedDrain === true;
  }

  #enterForClient(bytes: Buffer): void {
    this.#heldForClient += bytes.length;
    this.#toClient.pass(bytes);
    this.#readOn();
  }

  #leaveForClient(bytes: Buffer): void {
    this.#heldForClient -= bytes.length;
    if (this.destroyed || this.#hasEnded) return;
    if (!this.push(bytes)) this.#isClientFull = true;
    this.#readOn();
  }

  #leaveForBackend(bytes: Buffer): void {
    this.#heldForBackend -= bytes.length;
    if (this.#backend?.writable) this.#backend.write(bytes);
    if (this.#isLeaving && this.#heldForBackend === 0) this.destroy();
    else this.#letMoreIn();
  }

  #discard(bytes: Buffer): void {
    this.#heldForBackend -= bytes.length;
    this.#letMoreIn();
  }

  #letMoreIn(): void {
    const done = this.#onRoom;
    if (!done || this.#isBackendFull) return;
    this.#onRoom = null;
    done();
  }

  #readOn(): void {
    if (this.#isClientFull || this.#heldForClient > WINDOW_BYTES) this.#backend?.pause();
    else this.#backend?.resume();
  }

  /** No more of an answer comes. */
  #end(): void {
    if (this.destroyed || this.#hasEnded) return;
    this.#hasEnded = true;
    this.push(null);
  }

  #reset(): void {
    this.#backend?.resetAndDestroy();
    const problem = new Error('read ECONNRESET');
    this.destroy(Object.assign(problem, { code: 'ECONNRESET', syscall: 'read' }));
  }

  #after(delayMs: number, run: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      if (!this.destroyed) run();
    }, delayMs);
    this.#timers.add(timer);
  }
}

/** What dialling a port nobody listens on comes to. */
export function refusedSocket(): Duplex {
  const socket = new Duplex({ read: () => undefined, write: () => undefined });
  const problem = Object.assign(new Error('connect ECONNREFUSED'), {
    code: 'ECONNREFUSED',
    syscall: 'connect',
  });
  process.nextTick(() => socket.destroy(problem));
  return socket;
}
