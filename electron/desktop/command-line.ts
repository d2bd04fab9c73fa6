import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The config named on the app's command line: `--config FILE`, `--config=FILE`, or a lone file or its URL as the
 * desktop passes it. Switches of Chromium's own are passed over, and so is the app's folder where Electron is given one.
 *
 * @param argv without the executable
 * @returns absolute, or null
 */
export function configFromArguments(argv: readonly string[], workingFolder: string): string | null {
  for (const [index, argument] of argv.entries()) {
    if (argument.startsWith('--config=')) return resolve(workingFolder, argument.slice('--config='.length));
    const next = argv[index + 1];
    if (argument === '--config' && next !== undefined && !next.startsWith('--'))
      return resolve(workingFolder, next);
  }
  const file = argv.find((argument) => /\.jsonc?$/i.test(argument) && !argument.startsWith('-'));
  if (file === undefined) return null;
  return file.startsWith('file://') ? pathOf(file) : resolve(workingFolder, file);
}

/** Null for a file of another machine. */
function pathOf(url: string): string | null {
  try {
    return fileURLToPath(url);
  } catch {
    return null;
  }
}
