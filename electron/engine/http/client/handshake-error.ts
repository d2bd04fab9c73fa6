const UNTRUSTED = 'the client does not trust the certificate';

const WORDS: Readonly<Record<string, string>> = {
  // RFC 8446 section 6.2: curl and OpenSSL send the first, Chromium the second, Firefox the third.
  ERR_SSL_TLSV1_ALERT_UNKNOWN_CA: UNTRUSTED,
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN: UNTRUSTED,
  ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE: UNTRUSTED,
  ERR_SSL_UNSUPPORTED_PROTOCOL: 'the client offers no TLS version that is accepted here',
  ERR_SSL_NO_SHARED_CIPHER: 'the client offers no cipher suite that is accepted here',
  ECONNRESET: 'the client closed the connection; it may not trust the certificate',
};

/** Why a client's TLS handshake failed: `the client does not trust the certificate`. */
export function describeHandshakeError(error: Error): string {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const reason = 'reason' in error && typeof error.reason === 'string' ? error.reason : error.message;
  return WORDS[code] ?? reason;
}
