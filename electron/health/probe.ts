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
  /** Closes its connection; the result then never comes. */
  cancel(): void;
}

export type Probe = (backend: BackendConfig) => RunningProbe;

/** One active check over a connection of its own; no redirect is followed, no body read. */
export const probeBackend: Probe = (backend) => {
  const { origin, healthCheck } = backend;
  const { method, timeout, path } = healthCheck;
  const options: RequestOptions = {
    host: origin.host,
    port: origin.port,
    method,
    path: origin.basePath + path,
    agent: false,
    headers: { Host: origin.authority, 'User-Agent': 'switchyard-probe', Connection: 'close' },
  };
  const request: ClientRequest =
    origin.protocol === 'https'
      ? httpsRequest({ ...options, rejectUnauthorized: !backend.insecure })
      : httpRequest(options);
  let timer: NodeJS.Timeout | undefined;
  const result = new Promise<ProbeResult>((resolve) => {
    timer = setTimeout(() => {
      resolve({ hasPassed: false, words: `no answer within ${formatDuration(timeout)}` });
      request.destroy();
    }, timeout);
    request.on('response', (response) => {
      clearTimeout(timer);
      resolve(judge(backend, response.statusCode ?? 0));
      response.destroy();
    });
    // After the answer, or the time-out, what the closing connection still reports is of no interest.
    request.on('error', (error) => {
      clearTimeout(timer);
      resolve({ hasPassed: false, words: describeProbeError(error) });
    });
    request.end();
  });
  return {
    result,
    cancel: () => {
      clearTimeout(timer);
      request.destroy();
    },
  };
};

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
