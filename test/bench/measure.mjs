import { cpuSeconds, residentMb } from './cpus.mjs';

/** Long enough for what compiles while it runs to have done so. */
const WARM_UP_SECONDS = 0.8;
/** Opening and closing a thousand connections would be most of what a short round measures. */
const MANY_CONNECTIONS = 500;
const TIMES_LONGER = 2.5;

/**
 * Starts a proxy, warms it up, loads it and ends it.
 *
 * @param {import('./bench.mjs').Bench} bench
 * @param {import('./bench.mjs').Command} command
 * @param {import('./scenarios.mjs').Load} load
 * @param {number} seconds
 * @returns {Promise<import('./figures.mjs').Figures>}
 */
export async function measure(bench, command, load, seconds) {
  const proxy = await bench.startProxy(command);
  const longer = load.settings.connections > MANY_CONNECTIONS ? TIMES_LONGER : 1;
  const warmUpSeconds = WARM_UP_SECONDS * longer;
  try {
    await bench.load(load.kind, { ...load.settings, port: proxy.port, seconds: warmUpSeconds });
    return await measureRunning(bench, proxy, load, { seconds: seconds * longer });
  } finally {
    await proxy.stop();
  }
}

/**
 * @param {import('./bench.mjs').Bench} bench
 * @param {import('./bench.mjs').Server} proxy
 * @param {import('./scenarios.mjs').Load} load
 * @param {{ seconds: number } | { answersWanted: number }} limit
 * @returns {Promise<import('./figures.mjs').Figures>}
 */
export async function measureRunning(bench, proxy, load, limit) {
  const before = cpuSeconds(proxy.pid);
  const figures = await bench.load(load.kind, { ...load.settings, port: proxy.port, ...limit });
  const { answers, elapsedSeconds, p50Ms, p99Ms } = figures;
  const cpuMicros = ((cpuSeconds(proxy.pid) - before) / answers) * 1e6;
  return { cpuMicros, perSecond: answers / elapsedSeconds, p50Ms, p99Ms, rssMb: residentMb(proxy.pid) };
}
