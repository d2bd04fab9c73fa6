import { BACKEND_HEADER } from '../http/client/request-wish.ts';

/** What the connection of the first time was told, and what another sends anew. */
const OF_THE_CONNECTION = /^(?:content-length|transfer-encoding|trailer|expect|keep-alive|proxy-connection)$/;
const OF_THE_OPTIONS = /^(?:close|keep-alive|upgrade)$/i;

/**
 * The bytes of a request that was recorded, to be sent once more on a connection of its own.
 *
 * @param head as the client sent it, one character a byte
 * @param body null when it had none
 * @param backend that is to get it, where its listener lets a request choose; null for whichever the policy picks
 */
export function requestAgain(head: string, body: Uint8Array | null, backend: string | null): Buffer {
  const [line = '', ...fields] = head.split('\r\n').filter(Boolean);
  // No `close` among them: a client that says so and leaves is answered all the same, however long that takes.
  const options: string[] = [];
  let text = `${line}\r\n`;
  for (const field of fields) {
    const colon = field.indexOf(':');
    const name = field.slice(0, colon).toLowerCase();
    const value = field.slice(colon + 1);
    if (name === 'connection') options.push(...otherOptions(value));
    else if (OF_THE_CONNECTION.test(name)) continue;
    else if (backend === null || name !== BACKEND_HEADER.toLowerCase()) text += `${field}\r\n`;
  }
  if (options.length > 0) text += `Connection: ${options.join(', ')}\r\n`;
  if (backend !== null) text += `${BACKEND_HEADER}: ${Buffer.from(backend).toString('latin1')}\r\n`;
  if (body) text += `Content-Length: ${body.length}\r\n`;
  return Buffer.concat([Buffer.from(`${text}\r\n`, 'latin1'), body ?? new Uint8Array()]);
}

/** Those that name fields of the request, which end at this hop because of it. */
function otherOptions(value: string): readonly string[] {
  return value
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '' && !OF_THE_OPTIONS.test(one));
}
