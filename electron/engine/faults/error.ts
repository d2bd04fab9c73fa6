import { STATUS_CODES } from 'node:http';
import type { FaultOf } from '../../../shared/config/fault-schema.ts';
import type { Effect } from './line.ts';

/** RFC 9110 section 6.4.1: these have no content. */
const BODILESS = new Set([204, 205, 304]);

/** Answers in place of the backend, which never hears of the request. */
export function error(fault: FaultOf<'error'>): Effect {
  return {
    words: `error ${fault.status}`,
    isInPlaceOfBackend: true,
    toBackend: (_next, line) => {
      let hasAnswered = false;
      return {
        pass(bytes) {
          line.discard(bytes);
          if (hasAnswered) return;
          hasAnswered = true;
          line.answer(answerText(fault, bytes.toString('latin1', 0, 5) === 'HEAD '));
        },
        end: () => undefined,
        release: () => undefined,
      };
    },
  };
}

function answerText({ status, body, retryAfter }: FaultOf<'error'>, isHead: boolean): Buffer {
  const reason = STATUS_CODES[status] ?? '';
  const content = Buffer.from(BODILESS.has(status) ? '' : (body ?? `${status} ${reason}\n`));
  let head = `HTTP/1.1 ${status} ${reason}\r\n`;
  if (status !== 204 && status !== 304)
    head += `Content-Type: text/plain; charset=utf-8\r\nContent-Length: ${content.length}\r\n`;
  // RFC 9110 section 10.2.3: whole seconds.
  if (retryAfter !== undefined) head += `Retry-After: ${Math.ceil(retryAfter / 1_000)}\r\n`;
  const start = Buffer.from(`${head}\r\n`, 'latin1');
  return isHead ? start : Buffer.concat([start, content]);
}
