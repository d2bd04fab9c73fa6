/**
 * A backend that broke, and how long that took to be noticed: the detection gap. For a simulated fault it begins when the
 * fault does; for a real failure with the first request or probe that met it. Times are milliseconds since the epoch.
 */
export interface Incident {
  /** `crash`, `latency 200ms`, `connection refused`. */
  readonly cause: string;
  readonly isSimulated: boolean;
  readonly brokenAt: number;
  /** When a client first got an error for it; null when none did. */
  readonly firstErrorAt: number | null;
  /** When it was taken out: down or ejected; null when it never was. */
  readonly markedDownAt: number | null;
  /** When it was over: back in rotation, or mended without ever having been out; null while it lasts. */
  readonly backAt: number | null;
  /** Requests whose client got an error for it. */
  readonly failed: number;
  /** Requests that failed at it and were served elsewhere. */
  readonly rescued: number;
}
