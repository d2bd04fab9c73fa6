// npm run bench: CPU per proxied request and requests a second, this engine and its peers in turn, in one run.
// Writes docs/benchmarks.md.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run, say } from '../../scripts/processes.mjs';
import { checkNode, ensureBuild, ensureDependencies, ROOT } from '../../scripts/project.mjs';
import { measure, startServer } from './measure.mjs';
import { report } from './report.mjs';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const ROUNDS = 3;
const SECONDS = 3;
const SCENARIOS = [
  { name: '60 B answers, 64 connections', bytes: 60, connections: 64 },
  { name: '60 B answers, 1,024 connections', bytes: 60, connections: 1_024 },
  { name: '1 KiB answers, 64 connections', bytes: 1_024, connections: 64 },
  { name: '100 KiB answers, 64 connections', bytes: 102_400, connections: 64 },
  { name: '10 MiB answers, 8 connections', bytes: 10_485_760, connections: 8 },
];

checkNode();
await ensureDependencies();
await ensureBuild();
if (process.platform !== 'linux')
  throw new Error('the benchmark reads CPU time from /proc, which only Linux has');
const work = mkdtempSync(join(tmpdir(), 'switchyard-bench-'));
try {
  /** @type {import('./report.mjs').ScenarioResult[]} */
  const results = [];
  for (const scenario of SCENARIOS) {
    say(`${scenario.name}…`);
    results.push({ ...scenario, figures: await runScenario(scenario) });
  }
  const text = report(results, { rounds: ROUNDS, seconds: SECONDS, versions: await versions() });
  writeFileSync(join(ROOT, 'docs/benchmarks.md'), text);
  say(`\n${text}`);
} finally {
  rmSync(work, { recursive: true });
}

/** @param {{ bytes: number, connections: number }} scenario */
async function runScenario({ bytes, connections }) {
  const backend = await startServer([join(HERE, 'servers/backend.mjs'), String(bytes)]);
  const target = `http://127.0.0.1:${backend.port}`;
  const config = join(work, 'config.json');
  writeFileSync(config, JSON.stringify({ port: '127.0.0.1:0', servers: [target] }));
  const proxies = [
    { name: 'switchyard', args: [join(ROOT, 'dist/cli.js'), 'serve', '--config', config] },
    ...['node-http', 'http-proxy', ...(await installed())].map((name) => ({
      name,
      args: [join(HERE, `servers/${name}.mjs`), target],
    })),
  ];
  /** @type {Map<string, import('./measure.mjs').Figures[]>} */
  const figures = new Map();
  for (let round = 0; round < ROUNDS; round++) {
    for (const { name, args } of proxies) {
      const proxy = await startServer(args);
      figures.set(name, [...(figures.get(name) ?? []), await measure(proxy, connections, SECONDS)]);
    }
  }
  backend.stop();
  return figures;
}

/** Peers from the system's packages, as far as they are there. */
async function installed() {
  const found = [];
  for (const name of ['nginx', 'haproxy']) {
    if ((await run('which', [name], { quiet: true })).code === 0) found.push(name);
    else say(`${name} is not installed, so it is left out.`);
  }
  return found;
}

async function versions() {
  const nginx = /nginx\/(\S+)/.exec((await run('nginx', ['-v'], { quiet: true })).output)?.[1];
  const haproxy = /version (\S+)/.exec((await run('haproxy', ['-v'], { quiet: true })).output)?.[1];
  return { nginx, haproxy };
}
