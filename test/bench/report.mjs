import { cpus } from 'node:os';

/**
 * @typedef {import('./measure.mjs').Figures} Figures
 * @typedef {{ name: string, bytes: number, connections: number, figures: Map<string, Figures[]> }} ScenarioResult
 */

/**
 * @param {readonly ScenarioResult[]} results
 * @param {{ rounds: number, seconds: number, versions: { nginx?: string, haproxy?: string } }} facts
 */
export function report(results, { rounds, seconds, versions }) {
  const machine = cpus()[0]?.model.trim() ?? 'unknown';
  const peers = Object.entries(versions).flatMap(([name, version]) =>
    version ? [`${name} ${version}`] : [],
  );
  return `# Benchmarks

Written by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}: ${machine}, ${cpus().length} cores, Node ${process.versions.node}, ${peers.join(', ')}.

Every proxy stands in front of the same backend and is loaded by the same client over kept connections, one request at
a time on each; proxies take turns, ${rounds} rounds of ${seconds} s, and the medians are shown. CPU is what the proxy's
whole process used, user and system, for each answer. The load and the backend share the machine with the proxy, so
compare within a table: CPU and ratios carry over to other machines, requests a second do not. Switchyard runs in plain
Node with everything on: strict parsing, counters, histograms, the log of exchanges, health checks, timeouts.

${results.map(table).join('\n')}`;
}

/** @param {ScenarioResult} result */
function table({ name, figures }) {
  const own = median(figures.get('switchyard') ?? [], 'cpuMicros');
  const rows = [...figures].map(([proxy, rounds]) => {
    const cpu = median(rounds, 'cpuMicros');
    const cells = [
      proxy,
      cpu.toFixed(cpu < 1_000 ? 1 : 0),
      proxy === 'switchyard' ? '' : `${(own / cpu).toFixed(2)} ×`,
      Math.round(median(rounds, 'perSecond')).toLocaleString('en-US'),
      median(rounds, 'p50Ms').toFixed(2),
      median(rounds, 'p99Ms').toFixed(2),
      median(rounds, 'rssMb').toFixed(0),
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return `## ${name}

| proxy | µs of CPU per request | Switchyard takes | requests/s | p50 ms | p99 ms | RSS MB |
| --- | ---: | ---: | ---: | ---: | ---: | ---: |
${rows.join('\n')}
`;
}

/**
 * @param {readonly Figures[]} rounds
 * @param {keyof Figures} key
 */
function median(rounds, key) {
  return rounds.map((round) => round[key]).sort((a, b) => a - b)[Math.floor(rounds.length / 2)] ?? 0;
}
