export type OutputStream = 'stdout' | 'stderr';

export interface OutputLine {
  /** Counts from 1 for each instance, so that a reader can ask for what is new. */
  readonly id: number;
  readonly stream: OutputStream;
  readonly text: string;
}

/** Lines kept of one instance, both streams together: that keeps an error next to what led to it. */
export const LINES_KEPT = 1_000;
