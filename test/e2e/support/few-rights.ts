import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Root's rights that other people have not got: to pass over the modes of files, and to listen on low ports. */
const RIGHTS = ['dac_override', 'dac_read_search', 'fowner', 'net_bind_service'];

/**
 * A program that runs another one as somebody who may do no more than people usually may. It stays the owner of what
 * it has made, so that it finds its profile and the display.
 *
 * @param folder where it may be written
 * @returns the other program itself where it runs like this anyway
 */
export function withFewRights(executablePath: string, folder: string): string {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return executablePath;
  const without = RIGHTS.map((right) => `-${right}`).join();
  const script = join(folder, 'with-few-rights.sh');
  writeFileSync(
    script,
    `#!/bin/sh\nexec setpriv --bounding-set=${without} --inh-caps=${without} -- "${executablePath}" "$@"\n`,
    { mode: 0o755 },
  );
  return script;
}

/** A port that takes rights to listen on; null where anybody may listen on any. */
export function forbiddenPort(): number | null {
  if (process.platform !== 'linux') return null;
  const first = Number(readFileSync('/proc/sys/net/ipv4/ip_unprivileged_port_start', 'utf8'));
  return first > 1 ? Math.min(first, 1_024) - 1 : null;
}
