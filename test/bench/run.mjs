// npm run bench: CPU per proxied request and requests a second, this engine and its peers in turn, in one run.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '../../scripts/processes.mjs';
import { checkNode, ensureBuild, ensureDependencies, ROOT } from '../../scripts/project.mjs';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const SECONDS = 4;
const ROUNDS = 3;
const CONNECTIONS = 64;
const SIZES = [60, 102_400];
/** Linux counts CPU time in hundredths of a second for everyone. */
const TICKS_PER_SECOND = 100;

checkNode();
await ensureDependencies();
await ensureBuild();
if (process.platform !== 'linux')
  throw new Error('the benchmark reads CPU time from /proc, which only Linux has');

const hasNginx = (await run('which', ['nginx'], { quiet: true })).code === 0;
if (!hasNginx) console.log('nginx is not installed, so it is left out.');
const work = mkdtempSync(join(tmpdir(), 'switchyard-bench-'));
console.log(
  `${cpus()[0]?.model ?? ''}, ${cpus().length} cores, Node ${process.versions.node}, ${ROUNDS} rounds of ${SECONDS} s`,
);
try {
  for (const size of SIZES) await scenario(size);
} finally {
  rmSync(work, { recursive: true });
}

/** @param {number} size of the answer's body, bytes */
async function scenario(size) {
  const backend = await start(process.execPath, [join(HERE, 'servers/backend.mjs'), String(size)]);
  const target = `http://127.0.0.1:${backend.port}`;
  const config = join(work, 'config.json');
  writeFileSync(config, JSON.stringify({ port: '127.0.0.1:0', servers: [target] }));
  /** @type {Record<string, () => Promise<Server>>} */
  const proxies = {
    switchyard: () => start(process.execPath, [join(ROOT, 'dist/cli.js'), 'serve', '--config', config]),
    'http-proxy': () => start(process.execPath, [join(HERE, 'servers/http-proxy.mjs'), target]),
  };
  if (hasNginx) proxies['nginx'] = () => start(process.execPath, [join(HERE, 'servers/nginx.mjs'), target]);
  /** @type {Map<string, Figures[]>} */
  const figures = new Map();
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, open] of Object.entries(proxies)) {
      figures.set(name, [...(figures.get(name) ?? []), await measure(await open())]);
    }
  }
  backend.stop();
  print(size, figures);
}

/**
 * @typedef {{ port: number, pid: number, stop: () => void }} Server
 * @typedef {{ cpuMicros: number, perSecond: number, p50Ms: number, p99Ms: number, rssMb: number }} Figures
 */

/**
 * @param {Server} proxy
 * @returns {Promise<Figures>}
 */
async function measure(proxy) {
  const url = `http://127.0.0.1:${proxy.port}/`;
  await load(url, 0.5);
  const before = cpuSeconds(proxy.pid);
  const { answers, elapsedSeconds, p50Ms, p99Ms } = await load(url, SECONDS);
  const cpuMicros = ((cpuSeconds(proxy.pid) - before) / answers) * 1e6;
  const rssMb = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${proxy.pid}/status`, 'utf8'))?.[1]) / 1_024;
  proxy.stop();
  return { cpuMicros, perSecond: answers / elapsedSeconds, p50Ms, p99Ms, rssMb };
}

/**
 * @param {string} url
 * @param {number} seconds
 * @returns {Promise<{ answers: number, elapsedSeconds: number, p50Ms: number, p99Ms: number }>}
 */
async function load(url, seconds) {
  const args = [join(HERE, 'load.mjs'), url, String(CONNECTIONS), String(seconds)];
  const { code, output } = await run(process.execPath, args, { quiet: true });
  if (code !== 0) throw new Error(output);
  return JSON.parse(output);
}

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @returns {Promise<Server>} its first line names its port, and the process to measure when that is another
 */
async function start(command, args) {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const [line] = await once(child.stdout, 'data');
  const numbers = /(\d+) →|^(\d+)(?: (\d+))?/.exec(String(line));
  const pid = Number(numbers?.[3] ?? child.pid);
  return { port: Number(numbers?.[1] ?? numbers?.[2]), pid, stop: () => child.kill('SIGTERM') };
}

/** @param {number} pid */
function cpuSeconds(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

/**
 * @param {number} size
 * @param {Map<string, Figures[]>} figures
 */
function print(size, figures) {
  /** @param {Figures[]} rows @param {keyof Figures} key */
  const median = (rows, key) =>
    rows.map((row) => row[key]).sort((a, b) => a - b)[Math.floor(rows.length / 2)] ?? 0;
  const own = median(figures.get('switchyard') ?? [], 'cpuMicros');
  console.log(`\n${size} B answers, ${CONNECTIONS} connections (medians)`);
  for (const [name, rows] of figures) {
    const cpu = median(rows, 'cpuMicros');
    console.log(
      `  ${name.padEnd(12)} ${cpu.toFixed(1).padStart(7)} µs CPU/request` +
        `  ${median(rows, 'perSecond').toFixed(0).padStart(7)} req/s` +
        `  p50 ${median(rows, 'p50Ms').toFixed(2)} ms  p99 ${median(rows, 'p99Ms').toFixed(2)} ms` +
        `  ${median(rows, 'rssMb').toFixed(0).padStart(4)} MB` +
        `  switchyard takes ${(own / cpu).toFixed(2)} ×`,
    );
  }
}
