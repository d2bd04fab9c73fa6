import type { IncomingMessage } from 'node:http';
import { fail, ok, type Result } from '../../../shared/calls/result.ts';
import { type Answer, problem } from './answer.ts';

/** Longer than any config a person writes. */
export const MAX_BODY_BYTES = 1024 * 1024;

/** The body as text; what is too long, in another type or no UTF-8 has an answer instead. */
export async function readBody(request: IncomingMessage): Promise<Result<string, Answer>> {
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') {
    return fail(problem(415, 'not-json', 'The body has to come as "Content-Type: application/json".'));
  }
  const encoding = request.headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') {
    return fail(problem(415, 'not-json', `The body has to come as it is, without the coding ${encoding}.`));
  }
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    bytes += chunk.length;
    // What still comes is read past, so that the sender gets to read the answer; the request's timeout ends that.
    if (bytes > MAX_BODY_BYTES) return fail(problem(413, 'too-large', 'The body is longer than 1 MiB.'));
    chunks.push(chunk);
  }
  try {
    return ok(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks)));
  } catch {
    return fail(problem(400, 'bad-body', 'The body is not UTF-8.'));
  }
}
