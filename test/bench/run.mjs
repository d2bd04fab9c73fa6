// npm run bench: what a proxied request costs this engine and its peers, measured in turns in one run.
//   -- --quick             one short round of everything
//   -- --only 60b,100k     these scenarios
//   -- --peers go,nginx    Switchyard beside these only
//   -- --before FOLDER     and the build of another checkout, in turns with ours
//   -- --rounds 9          of each measurement
//   -- --soak              memory over two million requests too
//   -- --guard             a short check against http-proxy that fails when a request has become too dear
// A run of everything writes docs/benchmarks.md, any other prints.
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { interruptible } from '../../scripts/interruption.mjs';
import { exitWith, say } from '../../scripts/processes.mjs';
import { checkNode, ensureBuild, ensureDependencies } from '../../scripts/project.mjs';
import { Bench } from './bench.mjs';
import { writePart } from './benchmarks-file.mjs';
import { checkProc, findPinning } from './cpus.mjs';
import { guard } from './guard.mjs';
import { measureHalfLoad } from './half-load.mjs';
import { parseOptions } from './options.mjs';
import { PEER_NAMES, preparePeers } from './peers.mjs';
import { report } from './report.mjs';
import { SCENARIO_NAMES, SCENARIOS } from './scenarios.mjs';
import { measureSoak } from './soak.mjs';
import { measurePeers } from './table.mjs';
import { findVersions } from './versions.mjs';
import { measureWatching } from './watching.mjs';

await exitWith(async () => {
  const options = parseOptions(process.argv.slice(2), { scenarios: SCENARIO_NAMES, peers: PEER_NAMES });
  if (options.isGuard && process.platform !== 'linux') {
    say('Left out: CPU time is read from /proc, which only Linux has.');
    return 0;
  }
  checkNode();
  await ensureDependencies();
  await ensureBuild();
  checkProc();
  const work = mkdtempSync(join(tmpdir(), 'switchyard-bench-'));
  try {
    return await interruptible(async (signal) => {
      const bench = new Bench(await findPinning(), signal);
      try {
        if (options.isGuard) return await guard(bench, work);
        await runScenarios(bench, options, work);
        return 0;
      } finally {
        await bench.stopAll();
      }
    });
  } finally {
    rmSync(work, { recursive: true });
  }
});

/**
 * @param {Bench} bench
 * @param {import('./options.mjs').Options} options
 * @param {string} work
 */
async function runScenarios(bench, options, work) {
  const loadBefore = loadavg()[0] ?? 0;
  const versions = await findVersions();
  const peers = await preparePeers(options.peers, work, options.before);
  const isPinned = bench.pinning.proxy.length > 0;
  /** @type {import('./report.mjs').Results} */
  const results = { tables: new Map() };
  const isWanted = (/** @type {string} */ id) => options.scenarios.includes(id);
  const text = () => report(results, { ...options, isPinned, versions, loadBefore });
  // As it goes: a run of everything takes a quarter of an hour, and its last part should not cost the rest.
  const keep = () => {
    if (options.isComplete) writePart('wire', text());
  };
  for (const scenario of SCENARIOS.filter(({ id }) => isWanted(id))) {
    say(`${scenario.name}…`);
    results.tables.set(scenario.id, await measurePeers(bench, peers, scenario, options));
    keep();
  }
  if (isWanted('half-load')) {
    say('What is added at half load…');
    results.halfLoad = await measureHalfLoad(bench, peers, options);
    keep();
  }
  if (isWanted('watching')) {
    say('Watched and unwatched…');
    results.watching = await measureWatching(bench, work);
    keep();
  }
  const own = peers.find(({ name }) => name === 'switchyard');
  if (own && isWanted('soak')) {
    say('Two million requests…');
    results.soak = await measureSoak(bench, own);
    keep();
  }
  if (!options.isComplete) process.stdout.write(text());
}
