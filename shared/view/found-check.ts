import type { WrittenHealthCheck } from '../config/config-edit.ts';
import type { HealthCheckConfig } from '../config/health-check-schema.ts';

/** One request that was sent to find a check, and what came back. */
export interface AskedRequest {
  readonly method: HealthCheckConfig['method'];
  /** After the base path of the URL. */
  readonly path: string;
  readonly outcome: AskedOutcome;
  /** From the first step of connecting to the outcome. */
  readonly durationMs: number;
}

export type AskedOutcome = { readonly kind: 'status'; readonly status: number } | AskFailure;

export interface AskFailure {
  /**
   * `unreachable`: no connection; `silent`: a connection, but no response in time; `closed`: the connection ended
   * without a response; `not-http`: a response in another protocol; `not-tls`: no TLS on an https URL;
   * `certificate`: a certificate that is not trusted; `stopped`: the search was stopped.
   */
  readonly kind: 'unreachable' | 'silent' | 'closed' | 'not-http' | 'not-tls' | 'certificate' | 'stopped';
  /** `connection refused`. */
  readonly reason: string;
}

/** Why a check only opens a TCP connection. */
export type TcpCause = 'server-error' | 'slow' | 'silent' | 'closed' | 'not-http';

/** What the search for a check came to. */
export type CheckFinding =
  /** The check that holds without settings of its own passes. */
  | { readonly kind: 'fits'; readonly asked: AskedRequest }
  /** Another method or path passes. */
  | { readonly kind: 'other-request'; readonly asked: AskedRequest; readonly insteadOf: AskedRequest }
  /** It responds, but with 4xx to everything that was asked: a status below 500 counts as up. */
  | { readonly kind: 'any-status'; readonly asked: AskedRequest }
  | { readonly kind: 'tcp'; readonly cause: TcpCause; readonly asked: AskedRequest }
  /** Its gRPC health service responds with SERVING. */
  | { readonly kind: 'grpc' }
  /** Checks by TCP or gRPC hold already, and pass. */
  | { readonly kind: 'connects' }
  /** It speaks TLS on an http URL, or plain HTTP on an https URL; never the last word of a search. */
  | { readonly kind: 'other-scheme'; readonly url: string }
  /** The check that holds looks for a text in the body, which a found check cannot replace. */
  | { readonly kind: 'needs-text'; readonly asked: AskedRequest }
  /** It cannot be reached now, so nothing can be said about its check. */
  | { readonly kind: 'unreachable'; readonly reason: string }
  /** It is on another machine, and no backend yet. */
  | { readonly kind: 'not-asked' }
  /** Checks are off, so nothing was asked. */
  | { readonly kind: 'off' }
  | { readonly kind: 'stopped' };

/** A health check that fits a backend, and how that was found. */
export interface FoundCheck {
  /** As it was given; with the other scheme where the backend speaks TLS, or does not, against its URL. */
  readonly url: string;
  /** Only what differs from the check that holds anyway; empty when that one fits. */
  readonly healthCheck: WrittenHealthCheck;
  /** Set when its certificate is not trusted and it runs on this machine. */
  readonly insecure?: true;
  readonly finding: CheckFinding;
  /** Whole sentences: `GET /healthz returned 200; HEAD / returned 404.` */
  readonly words: string;
}

/** Sent while a search is under way. */
export interface CheckProgress {
  readonly url: string;
  /** `GET /healthz`. */
  readonly asking: string;
}

const TCP_ONLY = 'so the check only opens a TCP connection.';

/**
 * @param place `localhost:5001`
 * @returns whole sentences
 */
export function findingWords(finding: CheckFinding, place: string): string {
  switch (finding.kind) {
    case 'fits':
      return `${outcomeWords(finding.asked)}.`;
    case 'other-request':
      return `${outcomeWords(finding.asked)}; ${outcomeWords(finding.insteadOf)}.`;
    case 'any-status':
      return `${outcomeWords(finding.asked)}, so any status from 200 to 499 counts as up.`;
    case 'tcp':
      return tcpWords(finding.cause, finding.asked, place);
    case 'grpc':
      return `${place} speaks HTTP/2 only, and its gRPC health service returned SERVING. Switchyard sends HTTP/1.1 to backends.`;
    case 'connects':
      return `${place} passes the check of its pool.`;
    case 'needs-text':
      return `${outcomeWords(finding.asked)}; the check of its pool looks for a text in the body, and was left as it is.`;
    case 'other-scheme':
      return finding.url.startsWith('https:')
        ? `${place} expects TLS, so its URL is ${finding.url}.`
        : `${place} does not use TLS, so its URL is ${finding.url}.`;
    case 'unreachable':
      return `${place} could not be reached now: ${finding.reason}. Its check was left as it is.`;
    case 'not-asked':
      return `${place} is not this machine, so it was not asked. If it is down, use "Find a check that fits".`;
    case 'off':
      return 'Health checks are off in its pool.';
    case 'stopped':
      return `${place} was not asked to the end, so its check was left as it is.`;
  }
}

function tcpWords(cause: TcpCause, asked: AskedRequest, place: string): string {
  switch (cause) {
    case 'server-error':
      return `${outcomeWords(asked)}, ${TCP_ONLY}`;
    case 'slow':
      return `${asked.method} ${asked.path} took ${seconds(asked.durationMs)} to respond, ${TCP_ONLY}`;
    case 'silent':
      return `${place} accepts connections but sent no response within ${seconds(asked.durationMs)}, ${TCP_ONLY}`;
    case 'closed':
      return `${place} closes the connection without an HTTP response, ${TCP_ONLY} HTTP requests to it fail.`;
    case 'not-http':
      return `${place} does not speak HTTP, ${TCP_ONLY} HTTP requests to it fail.`;
  }
}

/** `GET /healthz returned 200`. */
function outcomeWords({ method, path, outcome, durationMs }: AskedRequest): string {
  const what = `${method} ${path}`;
  switch (outcome.kind) {
    case 'status':
      return `${what} returned ${outcome.status}`;
    case 'silent':
      return `${what} got no response within ${seconds(durationMs)}`;
    case 'closed':
      return `${what} got no response: the connection was closed`;
    default:
      return `${what} failed: ${outcome.reason}`;
  }
}

function seconds(ms: number): string {
  return `${(Math.max(ms, 100) / 1_000).toFixed(1).replace(/\.0$/, '')} s`;
}
