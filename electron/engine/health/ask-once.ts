import { once } from 'node:events';
import { formatDuration } from '../../../shared/config/duration.ts';
import {
  causeOfSocketError,
  describeSocketError,
  socketErrorCode,
} from '../../../shared/text/socket-error.ts';
import type { AskedRequest, AskFailure } from '../../../shared/view/found-check.ts';
import { type WalkTarget, walk } from './http-walk.ts';
import { Line } from './line.ts';

/** How long something may take, and what ends it early. */
export interface AskLimits {
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** One request over a connection of its own, which is closed before the result comes. Never rejects. */
export async function askOnce(
  target: WalkTarget,
  { method, path }: Pick<AskedRequest, 'method' | 'path'>,
  limits: AskLimits,
): Promise<AskedRequest> {
  const startedAt = performance.now();
  const outcome = await overLine(target, limits, async (line): Promise<AskedRequest['outcome']> => {
    const reached = await walk(target, method, path, line);
    if (reached.answer !== null) return { kind: 'status', status: reached.answer.status };
    return { kind: 'closed', reason: reached.words };
  });
  return { method, path, outcome, durationMs: performance.now() - startedAt };
}

/** Whether the other end completes a TLS handshake, with whatever certificate. */
export async function speaksTls({ origin }: WalkTarget, limits: AskLimits): Promise<boolean> {
  const { host, port } = origin;
  const outcome = await overLine({ origin }, limits, async (line) => {
    await once(line.open({ host, port, isTls: true, insecure: true }, null), 'secureConnect');
    return { kind: 'status', status: 0 } as const;
  });
  return outcome.kind === 'status';
}

async function overLine(
  { origin }: Pick<WalkTarget, 'origin'>,
  { timeoutMs, signal }: AskLimits,
  work: (line: Line) => Promise<AskedRequest['outcome']>,
): Promise<AskedRequest['outcome']> {
  let isConnected = false;
  const onConnected = () => {
    isConnected = true;
  };
  const line = new Line({ onConnected }, origin);
  let end: (outcome: AskFailure) => void = () => undefined;
  const early = new Promise<AskFailure>((resolve) => {
    end = resolve;
  });
  const late = () =>
    end({
      kind: isConnected ? 'silent' : 'unreachable',
      reason: `${isConnected ? 'no response' : 'no connection'} within ${formatDuration(timeoutMs)}`,
    });
  const timer = setTimeout(late, timeoutMs);
  const stop = () => end({ kind: 'stopped', reason: 'stopped' });
  signal.addEventListener('abort', stop, { once: true });
  try {
    if (signal.aborted) return { kind: 'stopped', reason: 'stopped' };
    return await Promise.race([work(line).catch((error: unknown) => failureOf(error, isConnected)), early]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
    line.close();
  }
}

function failureOf(error: unknown, isConnected: boolean): AskFailure {
  if (!(error instanceof Error)) return { kind: 'closed', reason: String(error) };
  const reason = describeSocketError(error);
  if (socketErrorCode(error).startsWith('HPE_'))
    return { kind: 'not-http', reason: 'its response is not HTTP' };
  const { kind } = causeOfSocketError(error);
  if (kind === 'certificate' || kind === 'not-tls') return { kind, reason };
  return { kind: isConnected ? 'closed' : 'unreachable', reason };
}
