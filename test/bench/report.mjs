import { cpus } from 'node:os';
import { cpuRatio, medianOf } from './figures.mjs';
import { SCENARIOS } from './scenarios.mjs';
import { halfLoadTable, soakTable, watchingTable } from './special-tables.mjs';
import { summary } from './targets.mjs';

/**
 * @typedef {import('./figures.mjs').PeerFigures} PeerFigures
 * @typedef {object} Results
 * @property {Map<string, PeerFigures>} tables by the scenario's id
 * @property {Map<string, import('./half-load.mjs').HalfLoad[]>} [halfLoad]
 * @property {import('./watching.mjs').Watching} [watching]
 * @property {import('./soak.mjs').SoakStep[]} [soak]
 *
 * @typedef {{ rounds: number, seconds: number, isPinned: boolean, versions: readonly string[], loadBefore: number }} Facts
 */

/**
 * @param {Results} results
 * @param {Facts} facts
 */
export function report(results, facts) {
  const tables = SCENARIOS.flatMap((scenario) => {
    const figures = results.tables.get(scenario.id);
    return figures ? [table(scenario, figures)] : [];
  });
  const special = [halfLoadTable(results.halfLoad), watchingTable(results.watching), soakTable(results.soak)];
  const sections = [summary(results), introduction(facts), ...tables, ...special];
  return `# Benchmarks\n\n${sections.filter((section) => section !== '').join('\n')}`;
}

/** @param {Facts} facts */
function introduction({ rounds, seconds, isPinned, versions, loadBefore }) {
  const machine = cpus()[0]?.model.trim() ?? 'unknown';
  const cores = isPinned
    ? 'The proxy is pinned to one core, load and backend share another.'
    : 'Nothing is pinned to a core.';
  return `Written by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}: ${machine}, ${cpus().length} cores, Node ${process.versions.node}, ${versions.join(', ')}.
The machine's load average was ${loadBefore.toFixed(1)} before anything was started: the further above 0, the more others
were using it, and the more latencies and requests a second say about them.

Every proxy stands in front of the same backend and is loaded by the same client, one request at a time on each
connection; proxies take turns, ${rounds} rounds of ${seconds} s each, and the medians are shown. CPU is what the proxy's whole
process used, user and system, for each answer. ${cores}
Compare within a table: CPU and ratios carry over to other machines, requests a second do not. Switchyard runs with
everything on: strict parsing, counters, histograms, the log of exchanges, health checks, timeouts. It is \`switchyard\`
in plain Node and \`switchyard-electron\` in a worker of Electron's main process, as the app hosts it; the CPU and memory
are then those of all of the main process. Rounds with 1,024 connections are 2.5 times as long.
`;
}

/**
 * @param {import('./scenarios.mjs').Scenario} scenario
 * @param {PeerFigures} figures
 */
function table({ name, unit }, figures) {
  const rows = [...figures].map(([peer, rounds]) => {
    const cells = [
      peer,
      number(medianOf(rounds, 'cpuMicros'), 1),
      ratio(figures, 'switchyard', peer),
      ratio(figures, 'switchyard-electron', peer),
      number(medianOf(rounds, 'perSecond'), 0),
      number(medianOf(rounds, 'p50Ms'), 2),
      number(medianOf(rounds, 'p99Ms'), 2),
      number(medianOf(rounds, 'rssMb'), 0),
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return `## ${name}

| proxy | µs of CPU per ${unit} | Switchyard takes | in Electron | ${unit}s/s | p50 ms | p99 ms | RSS MB |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
${rows.join('\n')}
`;
}

/**
 * @param {PeerFigures} figures
 * @param {string} own
 * @param {string} peer
 */
function ratio(figures, own, peer) {
  const value = own === peer ? null : cpuRatio(figures, own, peer);
  return value === null ? '' : `${value.toFixed(2)} ×`;
}

/**
 * @param {number | null} value
 * @param {number} digits
 */
function number(value, digits) {
  if (value === null) return '';
  const fraction = value < 1_000 ? digits : 0;
  return value.toLocaleString('en-US', { minimumFractionDigits: fraction, maximumFractionDigits: fraction });
}
