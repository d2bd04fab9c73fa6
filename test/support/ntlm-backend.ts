import { createServer, type Server } from 'node:http';
import type { Socket } from 'node:net';

/** Of the NTLM messages: their signature and kind (MS-NLMP section 2.2.1). */
const SIGNATURE = 'NTLMSSP\0';
/** Unicode and NTLM. */
const FLAGS = 0x0000_0201;

/** A challenge as short as clients take it. */
function challenge(): string {
  const message = Buffer.alloc(48);
  message.write(SIGNATURE, 'latin1');
  message.writeUInt32LE(2, 8);
  message.writeUInt32LE(48, 16);
  message.writeUInt32LE(FLAGS, 20);
  message.write('12345678', 24, 'latin1');
  message.writeUInt32LE(48, 44);
  return message.toString('base64');
}

/** Who the last message of a login says that it is from; null for a message of another kind. */
function userOf(message: Buffer): string | null {
  if (message.toString('latin1', 0, 8) !== SIGNATURE || message.readUInt32LE(8) !== 3) return null;
  const length = message.readUInt16LE(36);
  const at = message.readUInt32LE(40);
  return message.toString('utf16le', at, at + length);
}

/**
 * Authenticates connections as IIS does: who has logged in on one is served there without credentials from then on.
 * Passwords are not looked at. Says `hello USER`, the path, and the number of the connection.
 */
export function createNtlmBackend(): Server {
  const users = new WeakMap<Socket, string>();
  const numbers = new WeakMap<Socket, number>();
  let connections = 0;
  return createServer((request, response) => {
    const { socket } = request;
    if (!numbers.has(socket)) numbers.set(socket, ++connections);
    if (request.headers['user-agent']?.includes('switchyard-probe')) {
      response.end();
      return;
    }
    const credentials = /^NTLM (.+)$/.exec(request.headers.authorization ?? '')?.[1];
    const user = credentials === undefined ? null : userOf(Buffer.from(credentials, 'base64'));
    if (user !== null) users.set(socket, user);
    const known = users.get(socket);
    if (known !== undefined && (credentials === undefined || user !== null)) {
      response.end(`hello ${known} ${request.url} on ${numbers.get(socket)}\n`);
      return;
    }
    request.resume();
    response.writeHead(401, {
      'Content-Length': 12,
      'WWW-Authenticate': credentials === undefined ? ['Negotiate', 'NTLM'] : [`NTLM ${challenge()}`],
    });
    response.end('who are you?');
  });
}
