import type { ProcessFacts } from './listening-port.ts';

/** Programs whose script says more than they do. */
const RUNTIMES = /^(node|nodejs|bun|deno|tsx|python[\d.]*|ruby|php[\d.]*|perl|java|dotnet|npm|npx)$/i;
/** Flags whose value is the next word, which is no script. */
const WITH_VALUE = new Set([
  '-r',
  '--require',
  '--import',
  '--loader',
  '--env-file',
  '-I',
  '-W',
  '-X',
  '-cp',
  '-classpath',
]);
const LONGEST = 60;
const LONGEST_LINE = 300;

/**
 * What to call a process: its package, else its script, else its program.
 *
 * @param packageName of the `package.json` nearest to where it runs; only what runs a script belongs to it
 */
export function nameOf({ program, argv }: ProcessFacts, packageName: string | null): string {
  const binary = baseName(program).replace(/\.exe$/i, '');
  if (!RUNTIMES.test(binary)) return shortened(binary || program);
  const script = scriptOf(argv);
  if (packageName !== null) return shortened(packageName);
  return shortened(script === null ? binary : baseName(script));
}

/** What was typed, about: the program without its path, and paths from where it runs. */
export function commandLine({ program, argv, folder }: ProcessFacts): string {
  const [first = program, ...rest] = argv;
  const words = rest.map((word) =>
    folder !== null && word.startsWith(`${folder}/`) ? word.slice(folder.length + 1) : word,
  );
  return [baseName(first), ...words].join(' ').slice(0, LONGEST_LINE);
}

/** The first word that is no flag: what a runtime runs; the module of `python -m http.server`. */
export function scriptOf(argv: readonly string[]): string | null {
  for (let at = 1; at < argv.length; at++) {
    const word = argv[at] ?? '';
    if (word === '-m' || word === '-jar') return argv[at + 1] ?? null;
    if (/^(-e|-p|--eval|--print|-c)$/.test(word)) return null;
    if (WITH_VALUE.has(word)) at++;
    else if (!word.startsWith('-')) return word;
  }
  return null;
}

function baseName(path: string): string {
  return path.split(/[\\/]/).findLast((part) => part !== '') ?? '';
}

function shortened(name: string): string {
  return name.length > LONGEST ? `${name.slice(0, LONGEST - 1)}…` : name;
}
