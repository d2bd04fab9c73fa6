/** What *Send traffic* sends: real requests over real sockets to one listener. */
export interface TrafficPlan {
  readonly listener: string;
  /** The host asked for, without a port: that of a route. The listener's own when left out. */
  readonly host?: string | undefined;
  readonly method: 'GET' | 'POST' | 'HEAD';
  /** Starts with `/`. */
  readonly path: string;
  readonly load:
    | { readonly kind: 'count'; readonly requests: number; readonly concurrency: number }
    | { readonly kind: 'rate'; readonly perSecond: number; readonly durationMs: number };
}

export interface TrafficProgress {
  readonly isRunning: boolean;
  readonly plan: TrafficPlan;
  readonly sent: number;
  readonly planned: number;
  /** Answers by status, `"200": 297`; failures without an answer by their words. */
  readonly answers: Readonly<Record<string, number>>;
  /** Answers by the `X-Forwarded-Server` they carried. */
  readonly byBackend: Readonly<Record<string, number>>;
  readonly elapsedMs: number;
}

export const TRAFFIC_LIMITS = {
  requests: 1_000_000,
  concurrency: 256,
  perSecond: 5_000,
  durationMs: 600_000,
} as const;
