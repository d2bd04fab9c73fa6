import type { BackendConfig } from '../../../shared/config/config.ts';
import { formatDuration } from '../../../shared/config/duration.ts';
import { causeOfSocketError, describeSocketError } from '../../../shared/text/socket-error.ts';
import { describeForeignBackend, recogniseProtocol } from '../../../shared/view/foreign-protocol.ts';
import type { HealthCause } from '../../../shared/view/health-cause.ts';
import { probeGrpc } from './grpc-probe.ts';
import { HttpProbe } from './http-probe.ts';
import { ConnectionRoom } from './kept-connections.ts';
import { Line, type LineParts } from './line.ts';
import { probeTcp } from './tcp-probe.ts';
import { TlsHint } from './tls-hint.ts';

export type ProbeResult = PassedProbe | FailedProbe;

export interface PassedProbe extends ProbeFindings {
  readonly hasPassed: true;
}

export interface FailedProbe extends ProbeFindings {
  readonly hasPassed: false;
  readonly cause: HealthCause;
}

interface ProbeFindings {
  /** `HEAD / → 200`, `connection refused`, `HEAD / answered 404; /health answers 200`. */
  readonly words: string;
  /** A path that would pass in place of `/`. */
  readonly suggestedPath?: string;
  /** What an HTTP probe was answered. */
  readonly answer?: ProbeAnswer;
}

export interface ProbeAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Where the probe was asked to keep it: its first KiB, read as UTF-8. */
  readonly bodyStart?: string;
}

export interface RunningProbe {
  readonly result: Promise<ProbeResult>;
  /** From the first step of connecting to the result, or to now. */
  durationMs(): number;
  /** Closes its connections; the result then never comes. */
  cancel(): void;
}

/** One active check over connections of its own. A backend's check must not be `off`. */
export type Probe = (backend: BackendConfig, options?: ProbeOptions) => RunningProbe;

export interface ProbeOptions {
  /** Whether somebody wants to see how the body begins. */
  readonly keepsBody?: boolean;
}

/** A probe for one backend: it remembers what it has learned about it. */
export function createProbe(parts: LineParts = {}): Probe {
  const http = new HttpProbe();
  const tls = new TlsHint();
  const room = parts.kept ? new ConnectionRoom(parts.kept) : null;
  const ask = (backend: BackendConfig, line: Line, keepsBody: boolean): Promise<ProbeResult> => {
    const { type } = backend.healthCheck;
    if (type === 'tcp') return probeTcp(backend, line);
    return type === 'grpc' ? probeGrpc(backend, line) : http.run(backend, line, keepsBody);
  };
  return (backend, { keepsBody = false } = {}) => {
    const { timeout } = backend.healthCheck;
    const startedAt = performance.now();
    let endedAt: number | null = null;
    const line = new Line(parts, backend.origin);
    const end = () => {
      endedAt ??= performance.now();
      clearTimeout(timer);
      line.close();
      roomEnded?.(hasResponse);
    };
    let hasResponse = false;
    const roomEnded = room?.watch(timeout, () => line.isConnected && line.soFar === null);
    let timer: NodeJS.Timeout | undefined;
    const result = new Promise<ProbeResult>((resolve) => {
      const finish = (found: ProbeResult) => {
        if (endedAt !== null) return;
        const words = found.words + line.detour;
        hasResponse = found.hasPassed || found.answer !== undefined;
        end();
        resolve({ ...found, words });
      };
      timer = setTimeout(
        () =>
          finish(
            line.soFar ?? {
              hasPassed: false,
              words: `no answer within ${formatDuration(timeout)}`,
              cause: { kind: line.isConnected ? 'timeout' : 'unreachable' },
            },
          ),
        timeout,
      );
      void ask(backend, line, keepsBody)
        .catch((error: unknown): ProbeResult => ({ hasPassed: false, ...describeProbeError(error) }))
        .then((found) => (endedAt === null ? tls.explain(backend, line, found) : found))
        .then(finish);
    });
    return { result, durationMs: () => (endedAt ?? performance.now()) - startedAt, cancel: end };
  };
}

function describeProbeError(error: unknown): Pick<FailedProbe, 'words' | 'cause'> {
  if (!(error instanceof Error)) return { words: String(error), cause: { kind: 'other' } };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  // Node's parser: the first bytes are not those of a status line.
  if (code === 'HPE_INVALID_CONSTANT' && 'rawPacket' in error && error.rawPacket instanceof Uint8Array)
    return describeForeign(Buffer.from(error.rawPacket).toString('latin1', 0, 128));
  if (code.startsWith('HPE_')) return { words: 'its answer is not HTTP', cause: { kind: 'not-http' } };
  return code.startsWith('ERR_HTTP2_')
    ? { words: 'it does not speak HTTP/2, which gRPC needs', cause: { kind: 'not-http2' } }
    : { words: describeSocketError(error), cause: causeOfSocketError(error) };
}

function describeForeign(start: string): Pick<FailedProbe, 'words' | 'cause'> {
  const kind = recogniseProtocol(start) === 'tls' ? 'speaks-tls' : 'not-http';
  return { words: describeForeignBackend(start), cause: { kind } };
}
