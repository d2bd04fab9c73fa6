import type { Lane } from '../run-case.ts';

/** A proxy under test, with a backend behind each of its ports. */
export interface RunningProxy {
  readonly name: string;
  /** Empty for what has none of its own. */
  readonly version: string;
  readonly lanes: readonly Lane[];
  stop(): Promise<void>;
}
