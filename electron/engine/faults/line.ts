/** Where bytes go next: another fault, and at last the backend or the client. */
export interface Flow {
  pass(bytes: Buffer): void;
  /** No more bytes come. */
  end(): void;
}

/** A fault at work on the bytes that go one way. */
export interface Stage extends Flow {
  /** The fault is over: what it holds back goes on at once, and what comes goes straight through. */
  release(): void;
}

/** What a fault can do to its connection. Nothing that was put off happens once the connection is gone. */
export interface FaultyLine {
  /** Milliseconds on any clock that only goes forward. */
  now(): number;
  after(delayMs: number, run: () => void): void;
  /** Bytes for the client, as if they were the backend's. */
  answer(bytes: Buffer): void;
  /** Bytes on their way to the backend that have been read, and are of no use to anybody. */
  discard(bytes: Buffer): void;
  /** As if the backend had closed the connection. */
  close(): void;
  /** As if it had reset it. */
  reset(): void;
}

export type CreateStage = (next: Flow, line: FaultyLine) => Stage;

/** What a fault does to one connection. */
export interface Effect {
  /** As it is shown with the request: `latency 213 ms`. */
  readonly words: string;
  /** Nothing gets as far as the backend, so that there need be no connection to it. */
  readonly isInPlaceOfBackend?: true;
  readonly toBackend?: CreateStage;
  readonly toClient?: CreateStage;
}

/** From 0 up to, but not including, 1. */
export type Random = () => number;
