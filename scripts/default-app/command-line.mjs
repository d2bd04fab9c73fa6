/**
 * What `electron [switches] [-r FILE] APP [arguments]` asks for. What follows the app is the app's own business.
 *
 * @param {readonly string[]} argv without the executable
 * @returns {{ preloads: string[], app: string | null, wantsVersion: boolean }}
 */
export function readCommandLine(argv) {
  /** @type {string[]} */
  const preloads = [];
  for (let at = 0; at < argv.length; at++) {
    const argument = argv[at] ?? '';
    if (argument === '-r' || argument === '--require') {
      at++;
      preloads.push(argv[at] ?? '');
    } else if (argument === '-v' || argument === '--version') {
      return { preloads, app: null, wantsVersion: true };
    } else if (!argument.startsWith('-')) {
      return { preloads, app: argument, wantsVersion: false };
    }
  }
  return { preloads, app: null, wantsVersion: false };
}
