import type { Level } from './case.ts';
import { GROUPS } from './groups.ts';
import type { CaseResult } from './run-case.ts';

/** One proxy's results, in the order of the suite. */
export interface ProxyReport {
  readonly name: string;
  readonly version: string;
  readonly results: readonly CaseResult[];
}

const LEVELS: readonly Level[] = ['must', 'should', 'house'];

/** `docs/conformance.md`. */
export function report(proxies: readonly ProxyReport[], date: string): string {
  const total = GROUPS.reduce((count, group) => count + group.cases.length, 0);
  return `# Conformance

What a proxy does with HTTP/1.1, in ${total} cases on raw sockets: bytes from a client, bytes from a backend, and what has to
hold at both ends. Each case names the section it comes from and how binding that is: **must** and **should** are the
RFC's words, **house** is where the RFC leaves a choice and Switchyard makes a stricter one. That another proxy chooses
differently there is no fault of it; that Switchyard does would be.

\`npm run conformance -- --peers\` runs every case against each proxy and writes this file; \`npm test\` runs them against
Switchyard. \`npm run conformance -- --target http://127.0.0.1:PORT --backend-port N\` runs them against any proxy that
forwards to 127.0.0.1:N.

${proxies.map(({ name, version }) => `${name} ${version}`.trim()).join(', ')}; ${date}. The peers' configs are in
\`test/conformance/proxies/\`: HTTP/1.1 with kept connections to the backend, upgrades, no buffering of bodies, and the
X-Forwarded fields.

## Passed, of all

${table(
  ['group', ...proxies.flatMap(({ name }) => LEVELS.map((level) => `${name} ${level}`))],
  [
    ...GROUPS.map((group) => [group.name, ...countsOf(proxies, new Set(group.cases.map((one) => one.id)))]),
    ['**all**', ...countsOf(proxies, null)],
  ],
)}

## Where a proxy differs

What it did instead of what the case asks for; nothing where it did just that.

${table(['case', 'what ought to happen', 'level', 'from', ...proxies.map(({ name }) => name)], differences(proxies))}

## What the suite leaves out

\`Via\` (RFC 9110 7.6.3): Switchyard adds it when its listener says \`"via": true\`, and a developer looking at a request is
better served by what was really sent. Times that run out are tested on their own, in \`test/integration/\`.
`;
}

/** A line for each case that failed, and one for the sum. */
export function summary({ name, version, results }: ProxyReport): string {
  const lines = results
    .filter(({ failures }) => failures.length > 0)
    .map(({ one, failures }) => `  ${one.id} (${one.section}, ${one.level}): ${failures.join('; ')}`);
  const sums = LEVELS.map((level) => `${level} ${count(results, level)}`).join(', ');
  return [`${`${name} ${version}`.trim()}: ${sums}`, ...lines].join('\n');
}

function countsOf(proxies: readonly ProxyReport[], ids: ReadonlySet<string> | null): string[] {
  return proxies.flatMap(({ results }) => {
    const own = ids === null ? results : results.filter(({ one }) => ids.has(one.id));
    return LEVELS.map((level) => count(own, level));
  });
}

function count(results: readonly CaseResult[], level: Level): string {
  const own = results.filter(({ one }) => one.level === level);
  return own.length === 0
    ? ''
    : `${own.filter(({ failures }) => failures.length === 0).length}/${own.length}`;
}

function differences(proxies: readonly ProxyReport[]): string[][] {
  const cases = GROUPS.flatMap((group) => group.cases);
  return cases.flatMap((one, at) => {
    const failures = proxies.map(({ results }) => results[at]?.failures ?? []);
    if (failures.every((found) => found.length === 0)) return [];
    const cells = failures.map((found) => found.slice(0, 2).join('; '));
    return [[one.id, one.title, one.level, one.section, ...cells]];
  });
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(escapeCell).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Text of a message must not end a cell or start markup. */
function escapeCell(text: string): string {
  return text.replace(/[\\|`<>]/g, (mark) => (mark === '|' ? '&#124;' : `\\${mark}`));
}
