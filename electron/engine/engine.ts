import type { EngineCalls, EngineListener } from './engine-api.ts';

/** Owns listeners, pools, checker and statistics. Plain Node: runs in a worker thread or in the CLI's process. */
export type Engine = EngineCalls;

export function createEngine(_listener: EngineListener): Engine {
  throw new Error('not built yet');
}
