import { cpuRatio, median, medianOf } from './figures.mjs';

/**
 * @typedef {import('./report.mjs').Results} Results
 * @typedef {{ what: string, limit: number, unit: string, reached: (results: Results) => number | null }} Target
 */

/** The soak's first steps fill caches and rings; growth is counted from here. */
const SETTLED_REQUESTS = 500_000;

/** @type {readonly Target[]} */
export const TARGETS = [
  cpu('60b', '60 B, 64 connections', 'http-proxy', 0.25),
  cpu('60b', '60 B, 64 connections', 'go', 0.25),
  cpu('60b', '60 B, 64 connections', 'nginx', 2),
  cpu('60b', '60 B, 64 connections', 'nginx', 2.5, 'switchyard-electron'),
  cpu('100k', '100 KiB', 'nginx', 1.5),
  cpu('100k', '100 KiB', 'http-proxy', 0.5),
  cpu('10m', '10 MiB', 'nginx', 1),
  cpu('10m', '10 MiB', 'haproxy', 1.2),
  {
    what: 'memory at 1,024 connections',
    limit: 150,
    unit: ' MB',
    reached: ({ tables }) => medianOf(tables.get('60b-1024')?.get('switchyard'), 'rssMb'),
  },
  {
    what: 'memory after 2 million requests against 500,000',
    limit: 1.1,
    unit: ' ×',
    reached: ({ soak }) => {
      const settled = soak?.find(({ requests }) => requests === SETTLED_REQUESTS);
      const last = soak?.at(-1);
      return settled && last ? last.rssMb / settled.rssMb : null;
    },
  },
  {
    what: 'CPU per request while watched against unwatched',
    limit: 1.05,
    unit: ' ×',
    reached: ({ watching }) => (watching ? watching.watchedMicros / watching.unwatchedMicros : null),
  },
  {
    what: '99th percentile added at half load',
    limit: 1,
    unit: ' ms',
    reached: ({ halfLoad }) => addedMs(halfLoad?.get('switchyard')),
  },
];

/**
 * @param {readonly import('./half-load.mjs').HalfLoad[] | undefined} rounds
 * @returns {number | null} milliseconds the proxy adds at the 99th percentile
 */
export function addedMs(rounds) {
  if (!rounds || rounds.length === 0) return null;
  return median(rounds.map(({ directMs, proxiedMs }) => proxiedMs - directMs));
}

/**
 * The targets as a table, each with what was reached; what was not measured says so.
 *
 * @param {Results} results
 */
export function summary(results) {
  const rows = TARGETS.map(({ what, limit, unit, reached }) => {
    const value = reached(results);
    const figure = value === null ? 'not measured' : `${shown(value)}${unit}`;
    const mark = value === null ? '' : value <= limit ? '✓' : '✗';
    return `| ${what} | ≤ ${limit}${unit} | ${figure} | ${mark} |`;
  });
  return `| Switchyard | target | reached | |
| --- | ---: | ---: | :---: |
${rows.join('\n')}
`;
}

/** @param {number} value */
function shown(value) {
  return value < 100 ? value.toFixed(2) : value.toFixed(0);
}

/**
 * CPU for each request against a peer.
 *
 * @param {string} scenario
 * @param {string} answers
 * @param {string} peer
 * @param {number} limit
 * @param {string} [own]
 * @returns {Target}
 */
function cpu(scenario, answers, peer, limit, own = 'switchyard') {
  const where = own === 'switchyard' ? '' : " in Electron's worker";
  return {
    what: `${answers}: CPU per request${where} against ${peer}`,
    limit,
    unit: ' ×',
    reached: ({ tables }) => cpuRatio(tables.get(scenario), own, peer),
  };
}
