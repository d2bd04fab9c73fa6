import { resolve } from 'node:path';
import { fail, ok, type Result } from '../../../shared/calls/result.ts';
import type { ListenerCertificate } from '../../../shared/config/config.ts';
import { type FileTrouble, readRegularFile } from '../../engine/system/regular-file.ts';
import { checkPair, type PairTrouble } from './certificate-pair.ts';

/** Far more than any chain has. */
const MAX_BYTES = 1024 * 1024;

const WORDS: Readonly<Record<Exclude<FileTrouble, 'unreadable'>, string>> = {
  missing: 'does not exist; correct the path, which starts from the folder of the config',
  forbidden: 'may not be read by you; check its permissions',
  folder: 'is a folder; name the PEM file in it',
  'link-loop': 'is a link that leads back to itself',
  'not-regular': 'is a pipe or a device; name a PEM file',
  'too-large': 'is too large for a PEM file',
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
  const bytes = await readRegularFile(path, MAX_BYTES);
  if (bytes.ok) return ok(bytes.value.toString('latin1'));
  const { trouble, cause } = bytes.error;
  return fail(`(${path}) ${trouble === 'unreadable' ? `cannot be read: ${cause}` : WORDS[trouble]}`);
}
