import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import { fail, ok, type Result } from '../../../shared/calls/result.ts';
import type { ListenerCertificate } from '../../../shared/config/config.ts';

export interface CertificatePair {
  /** PEM. */
  readonly cert: string;
  /** PEM. */
  readonly key: string;
  /** Absolute. */
  readonly paths: { readonly cert: string; readonly key: string };
}

/** Which of the two is no good, and why: words that follow the path as written. */
export interface PairTrouble {
  readonly field: 'cert' | 'key';
  readonly words: string;
}

/**
 * Whether a certificate and its key can be served with as of now.
 *
 * @param now milliseconds since the epoch
 */
export function checkPair(
  { cert, key, paths }: CertificatePair,
  now: number,
): Result<ListenerCertificate, readonly PairTrouble[]> {
  const certificate = parseCertificate(cert);
  const privateKey = parseKey(key);
  if (!certificate) {
    const words = 'has no certificate in it; name a PEM file with "-----BEGIN CERTIFICATE-----"';
    return trouble('cert', `(${paths.cert}) ${words}`);
  }
  if (!privateKey) return trouble('key', `(${paths.key}) ${keyWords(key)}`);
  const validFrom = new Date(certificate.validFrom);
  const validTo = new Date(certificate.validTo);
  if (validTo.getTime() <= now)
    return trouble('cert', `(${paths.cert}) expired on ${dayOf(validTo)}; renew it, or write "self-signed"`);
  if (validFrom.getTime() > now)
    return trouble(
      'cert',
      `(${paths.cert}) is not valid before ${dayOf(validFrom)}; check the clock, or renew it`,
    );
  if (!certificate.checkPrivateKey(privateKey)) {
    return trouble(
      'key',
      `(${paths.key}) does not fit the certificate in ${paths.cert}; name the key it was made with`,
    );
  }
  try {
    createSecureContext({ cert, key });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return trouble(
      'cert',
      `(${paths.cert}) cannot be served with: ${reason}; make it anew, with a longer key`,
    );
  }
  return ok({ path: paths.cert, cert, key, fingerprint: certificate.fingerprint256 });
}

function parseCertificate(pem: string): X509Certificate | null {
  try {
    return new X509Certificate(pem);
  } catch {
    return null;
  }
}

function parseKey(pem: string): KeyObject | null {
  try {
    return createPrivateKey(pem);
  } catch {
    return null;
  }
}

function keyWords(pem: string): string {
  if (/ENCRYPTED/.test(pem))
    return 'is locked with a passphrase; write it without one: openssl pkey -in locked.pem -out key.pem';
  return 'has no private key in it; name a PEM file with "-----BEGIN PRIVATE KEY-----"';
}

/** `2026-11-26`. */
function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}

function trouble(field: PairTrouble['field'], words: string): Result<never, readonly PairTrouble[]> {
  return fail([{ field, words }]);
}
