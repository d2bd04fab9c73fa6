import { createHash, X509Certificate } from 'node:crypto';
import { chmod, mkdir, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { writeFile } from 'atomically';
import { fail, ok, type Result } from '../../../shared/calls/result.ts';
import { isThisMachine } from '../../../shared/calls/this-machine.ts';
import type { ListenerCertificate } from '../../../shared/config/config.ts';
import { checkPair } from './certificate-pair.ts';
import { makeCertificate } from './make-certificate.ts';

const ALWAYS = ['localhost', '*.localhost', '127.0.0.1', '::1'];
/** One that ends sooner is made anew when a config is applied. */
const LEFT_MS = 14 * 86_400_000;
/** Names of configs that were open earlier are kept, so that going back and forth makes no new certificate. */
const MAX_NAMES = 100;

/** The folder of this user for what is to stay (XDG Base Directory Specification): the app's and the command line's. */
export function ownCertificateFolder(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  if (platform === 'win32')
    return join(env['LOCALAPPDATA'] || join(homedir(), 'AppData', 'Local'), 'Switchyard', 'tls');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Switchyard', 'tls');
  return join(env['XDG_DATA_HOME'] || join(homedir(), '.local', 'share'), 'switchyard', 'tls');
}

/**
 * A certificate that Switchyard has made for this user, kept over restarts. Made when there is none yet, when it does
 * not name all that is asked for, and before it ends. One for names of this machine is shared by all configs. Other names
 * come from whoever wrote the config, so they have a certificate of their own: a user who trusts the shared one has
 * trusted no name beyond this machine.
 *
 * @param hosts to be named beside localhost: `api.localhost`, `*.shop.test`
 * @param now milliseconds since the epoch
 * @returns or why it cannot be kept: a clause
 */
export async function ownCertificate(
  folder: string,
  hosts: readonly string[],
  now: number,
): Promise<Result<ListenerCertificate, string>> {
  const wanted = [...new Set([...ALWAYS, ...hosts])];
  const isShared = wanted.every(isNameHere);
  const name = isShared ? 'switchyard' : `hosts-${hashOf(wanted)}`;
  const paths = { cert: join(folder, `${name}.pem`), key: join(folder, `${name}-key.pem`) };
  const kept = await readKept(paths, now);
  const named = kept ? namesIn(kept.cert) : [];
  if (kept && isLasting(kept.cert, now) && wanted.every((name) => named.includes(name))) return ok(kept);
  const earlier = isShared ? named.filter(isNameHere) : [];
  const names = [...new Set([...wanted, ...earlier])].slice(0, Math.max(MAX_NAMES, wanted.length));
  const made = await makeCertificate(names, now);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await chmod(folder, 0o700);
    await writeFile(paths.key, made.key, { mode: 0o600 });
    await writeFile(paths.cert, made.cert, { mode: 0o644 });
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return fail(`the certificate cannot be kept in ${folder} (${reason}); make it a folder you can write to`);
  }
  const checked = checkPair({ ...made, paths }, now);
  if (!checked.ok) throw new Error(checked.error.map(({ words }) => words).join('; '));
  return checked;
}

/** Whether a name, with or without the star of a wildcard, is one of this machine. */
export function isNameHere(name: string): boolean {
  return isThisMachine(name.replace(/^\*\./, ''));
}

/** For a file's name: the same names have the same file. */
function hashOf(names: readonly string[]): string {
  const text = JSON.stringify(names.toSorted());
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

/** Null when there is none that could be used, whatever is there instead. */
async function readKept(
  paths: { readonly cert: string; readonly key: string },
  now: number,
): Promise<ListenerCertificate | null> {
  try {
    const [cert, key] = await Promise.all([readFile(paths.cert, 'latin1'), readFile(paths.key, 'latin1')]);
    const checked = checkPair({ cert, key, paths }, now);
    return checked.ok ? checked.value : null;
  } catch {
    return null;
  }
}

function isLasting(pem: string, now: number): boolean {
  return new Date(new X509Certificate(pem).validTo).getTime() - now > LEFT_MS;
}

/** `DNS:localhost, IP Address:127.0.0.1` */
function namesIn(pem: string): readonly string[] {
  const text = new X509Certificate(pem).subjectAltName ?? '';
  return text.split(', ').map((entry) => {
    const name = entry.slice(entry.indexOf(':') + 1);
    return name === '0:0:0:0:0:0:0:1' ? '::1' : name;
  });
}
