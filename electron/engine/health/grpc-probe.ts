import { connect, constants, type IncomingHttpHeaders } from 'node:http2';
import type { BackendConfig } from '../../../shared/config/config.ts';
import type { HealthCause } from '../../../shared/view/health-cause.ts';
import type { Hit } from '../faults/trigger.ts';
import { healthRequest, LONGEST_MESSAGE, servingStatus } from './grpc-message.ts';
import type { Line } from './line.ts';
import type { ProbeResult } from './probe.ts';

const CHECK = '/grpc.health.v1.Health/Check';
/** Names of `grpc-status`, by number. */
const CODES = [
  'OK',
  'CANCELLED',
  'UNKNOWN',
  'INVALID_ARGUMENT',
  'DEADLINE_EXCEEDED',
  'NOT_FOUND',
  'ALREADY_EXISTS',
  'PERMISSION_DENIED',
  'RESOURCE_EXHAUSTED',
  'FAILED_PRECONDITION',
  'ABORTED',
  'OUT_OF_RANGE',
  'UNIMPLEMENTED',
  'INTERNAL',
  'UNAVAILABLE',
  'DATA_LOSS',
  'UNAUTHENTICATED',
];
const MENDS: Readonly<Record<string, string>> = {
  NOT_FOUND: '; the server knows no service of this name',
  UNIMPLEMENTED: '; serve grpc.health.v1.Health, or set "type": "tcp"',
};

/** Calls grpc.health.v1.Health/Check: HTTP/2 with prior knowledge, or over TLS with ALPN. */
export function probeGrpc(
  { origin, insecure, healthCheck }: BackendConfig,
  line: Line,
): Promise<ProbeResult> {
  const { host, port, protocol, authority } = origin;
  const { service = '' } = healthCheck;
  const what = service === '' ? 'gRPC health' : `gRPC health of ${service}`;
  const asked: Hit = { method: 'POST', path: CHECK, header: () => null };
  const socket = line.open({ host, port, isTls: protocol === 'https', insecure }, asked, ['h2']);
  const session = connect(`${protocol}://${authority}`, {
    createConnection: () => socket,
    settings: { enablePush: false },
  });
  return new Promise<ProbeResult>((resolve, reject) => {
    // The session reports only its own errors when the socket it was given ends before it has begun.
    socket.on('error', reject);
    session.on('error', reject);
    const call = session.request({
      [constants.HTTP2_HEADER_METHOD]: 'POST',
      [constants.HTTP2_HEADER_PATH]: CHECK,
      'content-type': 'application/grpc',
      'user-agent': 'switchyard-probe',
      te: 'trailers',
    });
    let said: IncomingHttpHeaders = {};
    let bytes = Buffer.alloc(0);
    call.on('response', (headers) => {
      said = headers;
    });
    call.on('trailers', (trailers) => {
      said = { ...said, ...trailers };
    });
    call.on('data', (chunk: Buffer) => {
      bytes = Buffer.concat([bytes, chunk]);
      if (bytes.length > LONGEST_MESSAGE) call.close(constants.NGHTTP2_CANCEL);
    });
    call.on('error', reject);
    call.on('close', () => resolve(judge(what, said, bytes)));
    call.end(healthRequest(service));
  }).finally(() => session.destroy());
}

function judge(what: string, said: IncomingHttpHeaders, bytes: Buffer): ProbeResult {
  const failed = (words: string, cause: HealthCause): ProbeResult => ({ hasPassed: false, words, cause });
  const status = Number(said[':status'] ?? 0);
  if (status === 0) return failed('connection closed without an answer', { kind: 'closed' });
  const code = said['grpc-status'];
  if (code === undefined || !said['content-type']?.startsWith('application/grpc'))
    return failed(`its answer is not gRPC, but HTTP status ${status}`, { kind: 'status', status });
  if (code !== '0') {
    const name = CODES[Number(code)] ?? `grpc-status ${String(code).slice(0, 20)}`;
    return failed(`${what} answered ${name}${MENDS[name] ?? ''}`, { kind: 'grpc-status' });
  }
  const serving = servingStatus(bytes);
  if (serving === 'SERVING') return { hasPassed: true, words: `${what} → SERVING` };
  return failed(
    serving === null ? 'its answer is not one of grpc.health.v1' : `${what} answered ${serving}`,
    { kind: 'grpc-status' },
  );
}
