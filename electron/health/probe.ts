import { type ClientRequest, request as httpRequest, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { BackendConfig } from '../../shared/config.ts';
import { formatDuration } from '../../shared/duration.ts';
import { describeSocketError } from '../../shared/socket-error.ts';

export interface ProbeResult {
  readonly hasPassed: boolean;
  /** `HEAD / → 200`, `connection refused`, `HEAD / answered 404; set a health path`. */
  readonly words: string;
}

export interface RunningProbe {
  readonly result: Promise<ProbeResult>;
  /** From the first step of connecting to the result, or to now. */
  durationMs(): number;
  /** Closes its connection; the result then never comes. */
  cancel(): void;
}

export type Probe = (backend: BackendConfig) => RunningProbe;

/** One active check over a connection of its own; no redirect is followed, no body read. */
export const probeBackend: Probe = (backend) => {
  const { timeout } = backend.healthCheck;
  const startedAt = performance.now();
  const request = requestFor(backend);
  let endedAt: number | null = null;
  let settle: (result: ProbeResult) => void = () => undefined;
  const result = new Promise<ProbeResult>((resolve) => {
    settle = resolve;
  });
  const end = () => {
    endedAt ??= performance.now();
    clearTimeout(timer);
    request.destroy();
  };
  const finish = (found: ProbeResult) => {
    if (endedAt !== null) return;
    end();
    settle(found);
  };
  const failed = (words: string) => finish({ hasPassed: false, words });
  const timer = setTimeout(() => failed(`no answer within ${formatDuration(timeout)}`), timeout);
  request.on('response', ({ statusCode }) => finish(judge(backend, statusCode ?? 0)));
  // A 101 nobody asked for: without this Node drops the connection and says nothing.
  request.on('upgrade', ({ statusCode }, socket) => {
    socket.destroy();
    finish(judge(backend, statusCode ?? 0));
  });
  // After the result, what the closing connection still reports is of no interest.
  request.on('error', (error) => failed(describeProbeError(error)));
  request.end();
  return { result, durationMs: () => (endedAt ?? performance.now()) - startedAt, cancel: end };
};

function requestFor({ origin, healthCheck, insecure }: BackendConfig): ClientRequest {
  const options: RequestOptions = {
    host: origin.host,
    port: origin.port,
    method: healthCheck.method,
    path: origin.basePath + healthCheck.path,
    agent: false,
    headers: { Host: origin.authority, 'User-Agent': 'switchyard-probe', Connection: 'close' },
  };
  if (origin.protocol === 'http') return httpRequest(options);
  return httpsRequest({ ...options, rejectUnauthorized: !insecure });
}

function judge(backend: BackendConfig, status: number): ProbeResult {
  const { method, path, expectedStatus } = backend.healthCheck;
  const hasPassed = status >= expectedStatus.from && status <= expectedStatus.to;
  if (hasPassed) return { hasPassed, words: `${method} ${path} → ${status}` };
  return { hasPassed, words: `${method} ${path} answered ${status}${mendFor(method, status)}` };
}

function mendFor(method: string, status: number): string {
  if (method === 'HEAD' && (status === 405 || status === 501)) return '; set the method to GET';
  return status === 404 ? '; set a health path' : '';
}

function describeProbeError(error: Error): string {
  const isUnreadable = 'code' in error && typeof error.code === 'string' && error.code.startsWith('HPE_');
  return isUnreadable ? 'its answer is not HTTP' : describeSocketError(error);
}
