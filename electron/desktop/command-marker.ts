/**
 * What the app is to do as the command line, for the launcher that calls it with `--cli -- ARGUMENTS`. Behind `--`
 * Chromium takes no switch for its own.
 *
 * @param argv as in `process.argv`
 * @returns the arguments of `switchyard`, or null where a window is wanted
 */
export function commandArguments(argv: readonly string[]): readonly string[] | null {
  const end = argv.indexOf('--');
  return end > 0 && argv[end - 1] === '--cli' ? argv.slice(end + 1) : null;
}
