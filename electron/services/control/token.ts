import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { fail, ok, type Result } from '../../../shared/calls/result.ts';

const TOKEN_BYTES = 32;
/** What may follow `Bearer` (RFC 6750, section 2.1), and long enough not to be guessed. */
const TOKEN = /^[\w.~+/-]{16,512}=*$/;

/** In hex: one that began with a dash would be taken for an option on the command line. */
export function createToken(): string {
  return randomBytes(TOKEN_BYTES).toString('hex');
}

/** A token somebody has chosen; white space around it is not part of it, as in a file with a last line end. */
export function readToken(text: string, from: string): Result<string, string> {
  const token = text.trim();
  if (TOKEN.test(token)) return ok(token);
  return fail(
    `${from} holds no token; it takes 16 to 512 letters, digits and "-._~+/", as from: openssl rand -hex 32`,
  );
}

/** Takes as long for a wrong token as for the right one: digests have one length, wherever they differ. */
export function isSameToken(one: string, other: string): boolean {
  return timingSafeEqual(digest(one), digest(other));
}

function digest(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
