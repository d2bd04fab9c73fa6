import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { ListenerCertificate } from '../../shared/config.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { checkPair, type PairTrouble } from './certificate-pair.ts';

/** Far more than any chain has. */
const MAX_BYTES = 1024 * 1024;

const READ_FAILURES: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist; correct the path, which starts from the folder of the config',
  ENOTDIR: 'does not exist; correct the path, which starts from the folder of the config',
  EACCES: 'may not be read by you; check its permissions',
  EPERM: 'may not be read by you; check its permissions',
  EISDIR: 'is a folder; name the PEM file in it',
  ELOOP: 'is a link that leads back to itself',
};

/**
 * Reads and checks a certificate of the user's own.
 *
 * @param folder what its paths start from
 * @param now milliseconds since the epoch
 * @returns or which of the two files is no good, and why: words that follow the path as written
 */
export async function readCertificateFiles(
  { cert, key }: { readonly cert: string; readonly key: string },
  folder: string,
  now: number,
): Promise<Result<ListenerCertificate, readonly PairTrouble[]>> {
  const paths = { cert: resolve(folder, cert), key: resolve(folder, key) };
  const [certText, keyText] = await Promise.all([readText(paths.cert), readText(paths.key)]);
  if (certText.ok && keyText.ok) return checkPair({ cert: certText.value, key: keyText.value, paths }, now);
  return fail([
    ...(certText.ok ? [] : [{ field: 'cert' as const, words: certText.error }]),
    ...(keyText.ok ? [] : [{ field: 'key' as const, words: keyText.error }]),
  ]);
}

async function readText(path: string): Promise<Result<string, string>> {
  try {
    const bytes = await readFile(path);
    return bytes.length > MAX_BYTES
      ? fail(`(${path}) is too large for a PEM file`)
      : ok(bytes.toString('latin1'));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    return fail(`(${path}) ${READ_FAILURES[code] ?? `cannot be read: ${code || String(error)}`}`);
  }
}
