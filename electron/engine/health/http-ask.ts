import { type IncomingMessage, type OutgoingHttpHeaders, request } from 'node:http';
import type { Line, Target } from './line.ts';

export interface Question {
  readonly target: Target;
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly headers: OutgoingHttpHeaders;
}

/** An answer up to its body. */
export interface Answer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: IncomingMessage;
}

/** Sends one request over a connection of its own; rejects with the error of its socket or of Node's parser. */
export function ask({ target, method, path, headers }: Question, line: Line): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const hit = {
      method,
      path: path.split('?', 1)[0] ?? path,
      header: (name: string) => headerOf(headers, name),
    };
    const asking = request({
      method,
      path,
      headers,
      createConnection: () => line.open(target, hit),
      // Traffic reads such response heads too (http/lenient-head).
      insecureHTTPParser: true,
    });
    asking.on('response', (answer) => resolve(answerOf(answer)));
    // A 101 nobody asked for: without this Node drops the connection and says nothing.
    asking.on('upgrade', (answer, socket) => {
      socket.destroy();
      resolve(answerOf(answer));
    });
    asking.on('error', reject);
    asking.end();
  });
}

function headerOf(headers: OutgoingHttpHeaders, wanted: string): string | null {
  const found = Object.entries(headers).find(([name]) => name.toLowerCase() === wanted.toLowerCase());
  return found ? String(found[1]) : null;
}

function answerOf(message: IncomingMessage): Answer {
  // What the closing connection does to a body that nobody reads is of no interest.
  message.on('error', () => undefined);
  const headers = Object.entries(message.headers).map(([name, value]) => [name, [value].flat().join(', ')]);
  return { status: message.statusCode ?? 0, headers: Object.fromEntries(headers), body: message };
}

/**
 * Reads a body until it ends or breaks off, `limit` bytes have come, or what has come is enough.
 *
 * @param onBytes told all that has come so far; returns whether that is enough
 */
export async function readBody(
  { body }: Answer,
  limit: number,
  onBytes: (bytes: Buffer) => boolean,
): Promise<{ readonly bytes: Buffer; readonly isCutShort: boolean }> {
  let bytes: Buffer = Buffer.alloc(0);
  try {
    for await (const chunk of body) {
      bytes = Buffer.concat([bytes, chunk]).subarray(0, limit);
      if (onBytes(bytes) || bytes.length === limit) break;
    }
  } catch {
    // Nothing but its connection can fail it.
    return { bytes, isCutShort: true };
  }
  return { bytes, isCutShort: false };
}
