import type { CommandFailure } from '../../../shared/calls/contract.ts';
import { fail, ok, type Result } from '../../../shared/calls/result.ts';
import { describeSocketError } from '../../../shared/text/socket-error.ts';
import { EXCHANGES_KEPT, type ExchangeDetail } from '../../../shared/view/exchange-record.ts';
import { headerOf, parseHead } from '../../../shared/view/message-head.ts';
import { isHeadUnread } from '../../../shared/view/refusal.ts';
import type { ListenerSnapshot } from '../../../shared/view/snapshot.ts';
import { connectToOwn } from '../system/connect-to-own.ts';
import type { ExchangeLog } from './exchange-log.ts';
import { requestAgain } from './request-again.ts';

/** An answer may be a stream without an end; by then enough of it has been seen. */
const LONGEST_MS = 30_000;
/** What ended is recorded before its connection is closed, or as its end is noticed. */
const RECORD_MS = 2_000;

export interface Resending {
  readonly log: ExchangeLog;
  readonly listeners: () => readonly ListenerSnapshot[];
}

/**
 * Sends a request of the log once more, through the listener it came through.
 *
 * @param asked.backend that is to get it, where its listener lets a request choose; null for whichever the policy picks
 * @returns the id of the new exchange, once it has ended
 */
export async function sendAgain(
  { log, listeners }: Resending,
  asked: { readonly id: number; readonly backend: string | null },
): Promise<Result<{ readonly id: number }, CommandFailure>> {
  const detail = log.find(asked.id);
  if (!detail) return refused(forgotten(asked.id));
  const request = requestOf(detail, asked.backend);
  if (!request.ok) return refused(request.error);
  const listener = listeners().find(({ name }) => name === detail.listener);
  if (listener?.state.kind !== 'listening')
    return refused(`The listener ${detail.listener} is not listening.`);
  if (asked.backend !== null && !listener.isRehearsal)
    return refused(`The listener ${detail.listener} does not let a request choose its backend.`);
  return send(log, listener, request.value);
}

export function forgotten(id: number): string {
  return `Request ${id} is not remembered any more: only the last ${EXCHANGES_KEPT} are.`;
}

/** @returns its bytes, or why it cannot be sent: a sentence */
function requestOf(detail: ExchangeDetail, backend: string | null): Result<Buffer, string> {
  const { heads, bodies, status, bytesIn, pool, refusal } = detail;
  if (isHeadUnread(refusal))
    return fail('It cannot be sent again: it was refused before all of it was read.');
  if (!heads)
    return fail('It cannot be sent again: nobody was watching as it came, so its headers are not known.');
  if (status === 101) return fail('It cannot be sent again: it became a connection of its own.');
  const head = parseHead(heads.request);
  const length = headerOf(head, 'Content-Length');
  const hasBody = headerOf(head, 'Transfer-Encoding') !== null || Number(length ?? 0) > 0;
  if (!hasBody) return ok(requestAgain(heads.request, length === null ? null : NO_BYTES, backend));
  const where = pool === null ? '' : `; switch capture on for pool ${pool} and let it come once more`;
  if (!bodies) return fail(`It cannot be sent again: its body (${bytesIn} bytes) was not captured${where}.`);
  if (!bodies.request.isWhole)
    return fail(
      `It cannot be sent again: of its body, only the first ${bodies.request.bytes.length} bytes are known.`,
    );
  return ok(requestAgain(heads.request, bodies.request.bytes, backend));
}

const NO_BYTES = new Uint8Array();

function send(
  log: ExchangeLog,
  { url, tls }: ListenerSnapshot,
  request: Buffer,
): Promise<Result<{ readonly id: number }, CommandFailure>> {
  return new Promise((resolve) => {
    let failure = 'It was refused before it was a request; the limits of its listener may have changed.';
    let cancel: (() => void) | null = null;
    const limit = setTimeout(() => {
      failure = `It was sent, and had not ended after ${LONGEST_MS / 1_000} s.`;
      socket.destroy();
    }, LONGEST_MS);
    const socket = connectToOwn(new URL(url), tls, (ready) => {
      cancel = log.awaitEnd(ready.localPort ?? 0, (id) => {
        cancel = null;
        socket.destroy();
        resolve(ok({ id }));
      });
      ready.write(request);
    });
    // The answer is in the log; here it only has to be taken.
    socket.resume();
    socket.on('error', (error) => {
      failure = `It could not be sent: ${describeSocketError(error)}.`;
    });
    socket.on('close', () => {
      clearTimeout(limit);
      setTimeout(
        () => {
          cancel?.();
          resolve(refused(failure));
        },
        cancel ? RECORD_MS : 0,
      );
    });
  });
}

function refused(message: string): Result<never, CommandFailure> {
  return fail({ code: 'refused', message });
}
