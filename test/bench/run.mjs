// npm run bench: what a proxied request costs this engine and its peers, measured in turns in one run.
//   -- --quick             one short round of everything
//   -- --only 60b,100k     these scenarios
//   -- --peers go,nginx    Switchyard beside these only
//   -- --soak              memory over two million requests too
//   -- --guard             a short check against http-proxy that fails when a request has become too dear
// A run of everything writes docs/benchmarks.md, any other prints.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { interruptible } from '../../scripts/interruption.mjs';
import { exitWith, say } from '../../scripts/processes.mjs';
import { checkNode, ensureBuild, ensureDependencies, ROOT } from '../../scripts/project.mjs';
import { Bench } from './bench.mjs';
import { checkProc, findPinning } from './cpus.mjs';
import { parseOptions } from './options.mjs';
import { PEER_NAMES, preparePeers } from './peers.mjs';
import { report } from './report.mjs';
import { SCENARIO_NAMES, SCENARIOS } from './scenarios.mjs';
import { measurePeers } from './table.mjs';
import { findVersions } from './versions.mjs';

await exitWith(async () => {
  const options = parseOptions(process.argv.slice(2), { scenarios: SCENARIO_NAMES, peers: PEER_NAMES });
  checkNode();
  await ensureDependencies();
  await ensureBuild();
  checkProc();
  const work = mkdtempSync(join(tmpdir(), 'switchyard-bench-'));
  try {
    return await interruptible(async (signal) => {
      const bench = new Bench(await findPinning(), signal);
      try {
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
  const peers = await preparePeers(options.peers, work);
  /** @type {import('./report.mjs').Results} */
  const results = { tables: new Map() };
  for (const scenario of SCENARIOS.filter(({ id }) => options.scenarios.includes(id))) {
    say(`${scenario.name}…`);
    results.tables.set(scenario.id, await measurePeers(bench, peers, scenario, options));
  }
  const isPinned = bench.pinning.proxy.length > 0;
  const text = report(results, { ...options, isPinned, versions: await findVersions() });
  if (options.isComplete) writeFileSync(join(ROOT, 'docs/benchmarks.md'), text);
  else process.stdout.write(text);
}
