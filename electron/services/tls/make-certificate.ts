import { X509Certificate as ParsedCertificate, randomBytes, webcrypto } from 'node:crypto';
import { isIP } from 'node:net';

/** The most that Apple's systems take, less a day for clocks that differ. */
const VALID_DAYS = 824;
const DAY_MS = 86_400_000;
const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const SERVER_AUTHENTICATION = '1.3.6.1.5.5.7.3.1';

/**
 * A certificate signed by itself, for one server and nothing else: it cannot sign others, so that to trust it is to trust
 * this one key with these names.
 *
 * @param names host names, `*.localhost`, and addresses
 * @param now milliseconds since the epoch
 * @returns both as PEM
 */
export async function makeCertificate(
  names: readonly string[],
  now: number,
): Promise<{ readonly cert: string; readonly key: string }> {
  // Loaded when it is needed: most never need it.
  await import('reflect-metadata');
  const x509 = await import('@peculiar/x509');
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned(
    {
      // Positive, as RFC 5280 wants it.
      serialNumber: `4${randomBytes(15).toString('hex').slice(1)}`,
      name: 'CN=localhost, O=Switchyard',
      notBefore: new Date(now - DAY_MS),
      notAfter: new Date(now + (VALID_DAYS - 1) * DAY_MS),
      signingAlgorithm: ALGORITHM,
      keys,
      extensions: [
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
        new x509.ExtendedKeyUsageExtension([SERVER_AUTHENTICATION]),
        new x509.SubjectAlternativeNameExtension(
          names.map((value) => ({ type: isIP(value) ? ('ip' as const) : ('dns' as const), value })),
        ),
      ],
    },
    webcrypto,
  );
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64');
  const lines = pkcs8.replace(/.{64}(?=.)/g, '$&\n');
  return {
    cert: new ParsedCertificate(Buffer.from(certificate.rawData)).toString(),
    key: `-----BEGIN PRIVATE KEY-----\n${lines}\n-----END PRIVATE KEY-----\n`,
  };
}
