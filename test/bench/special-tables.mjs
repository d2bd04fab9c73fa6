import { median } from './figures.mjs';
import { addedMs } from './targets.mjs';

/** @param {import('./report.mjs').Results['halfLoad']} figures */
export function halfLoadTable(figures) {
  if (!figures) return '';
  const rows = [...figures].map(([peer, rounds]) => {
    const middle = (/** @type {'perSecond' | 'directMs' | 'proxiedMs'} */ key) =>
      median(rounds.map((round) => round[key]));
    const ms = [middle('directMs'), middle('proxiedMs'), addedMs(rounds) ?? 0].map((one) => one.toFixed(2));
    return `| ${[peer, middle('perSecond').toLocaleString('en-US'), ...ms].join(' | ')} |`;
  });
  return `## What a proxy adds at half load

60 B answers on 64 connections, at half the rate each proxy reaches at full speed; the direct figure is the backend's
own at that rate.

| proxy | requests/s | direct p99 ms | proxied p99 ms | added ms |
| --- | ---: | ---: | ---: | ---: |
${rows.join('\n')}
`;
}

/** @param {import('./report.mjs').Results['watching']} figures */
export function watchingTable(figures) {
  if (!figures) return '';
  const { unwatchedMicros, watchedMicros } = figures;
  return `## While somebody watches

The engine in a thread of plain Node, 60 B answers, 64 connections; the subscriber gets its four batches a second on the
main thread. Both in one process, in turns.

| | µs of CPU per request |
| --- | ---: |
| unwatched | ${unwatchedMicros.toFixed(1)} |
| watched | ${watchedMicros.toFixed(1)} |
`;
}

/** @param {import('./report.mjs').Results['soak']} steps */
export function soakTable(steps) {
  if (!steps) return '';
  const rows = steps.map(
    ({ requests, rssMb }) => `| ${requests.toLocaleString('en-US')} | ${rssMb.toFixed(0)} |`,
  );
  return `## Memory over two million requests

\`switchyard\`, 60 B answers, 1,024 connections.

| requests | RSS MB |
| ---: | ---: |
${rows.join('\n')}
`;
}
