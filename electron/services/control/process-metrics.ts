import type { Family } from './prometheus-text.ts';

const US_PER_S = 1_000_000;

/** The process's own figures, by the names that Prometheus's client libraries give them. */
export function processMetrics(version: string): Family[] {
  const { user, system } = process.cpuUsage();
  return [
    {
      name: 'switchyard_build_info',
      type: 'gauge',
      help: 'Always 1; the labels tell what runs.',
      samples: [{ labels: { version, node: process.versions.node }, value: 1 }],
    },
    {
      name: 'process_cpu_seconds_total',
      type: 'counter',
      help: 'CPU time of the process, user and system.',
      samples: [{ labels: {}, value: (user + system) / US_PER_S }],
    },
    {
      name: 'process_resident_memory_bytes',
      type: 'gauge',
      help: 'Memory the process has in RAM.',
      samples: [{ labels: {}, value: process.memoryUsage.rss() }],
    },
    {
      name: 'process_start_time_seconds',
      type: 'gauge',
      help: 'When the process started, in seconds since the epoch.',
      samples: [{ labels: {}, value: performance.timeOrigin / 1_000 }],
    },
  ];
}
