// npm run soak: the real app under 5,000 requests a second for ten minutes, watched, then hidden and idle.
//   -- --minutes 2         shorter, or longer
// A run of ten minutes or more writes its part of docs/benchmarks.md, any other prints it.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { hasDisplay } from '../../../scripts/display.mjs';
import { interruptible } from '../../../scripts/interruption.mjs';
import { exitWith, run, SetupError, say } from '../../../scripts/processes.mjs';
import { checkNode, ensureBuild, ensureDependencies } from '../../../scripts/project.mjs';
import { Bench } from '../bench.mjs';
import { writePart } from '../benchmarks-file.mjs';
import { prepareApp } from './app.mjs';
import { soakReport } from './report.mjs';
import { sample, startCounting } from './samples.mjs';

const MINUTES_WANTED = 10;
const PER_SECOND = 5_000;
const CONNECTIONS = 64;
const BACKENDS = 10;
const SAMPLE_MS = 5_000;
const LAUNCHES = 5;
/** What the load has left behind is cleared away by then, and what is measured after it is rest. */
const SETTLED_SECONDS = 30;
const HIDDEN_SECONDS = 30;

await exitWith(async () => {
  const { values } = parseArgs({ options: { minutes: { type: 'string' } } });
  const minutes = Number(values.minutes ?? MINUTES_WANTED);
  if (!(minutes > 0 && minutes <= 120))
    throw new SetupError(`--minutes ${values.minutes}: write a number from 0 to 120`);
  if (!hasDisplay(process.platform, process.env)) return againWithScreen();
  checkNode();
  await ensureDependencies();
  await ensureBuild();
  const work = mkdtempSync(join(tmpdir(), 'switchyard-soak-'));
  try {
    return await interruptible(async (signal) => {
      const bench = new Bench({ proxy: [], rest: [] }, signal);
      try {
        const figures = await soak(bench, work, minutes);
        const text = soakReport(figures);
        if (minutes >= MINUTES_WANTED) writePart('kept-open', text);
        else process.stdout.write(text);
        return 0;
      } finally {
        await bench.stopAll();
      }
    });
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
});

/** The same once more, on a screen of its own. */
async function againWithScreen() {
  const screen = ['-a', '-s', '-screen 0 1600x1200x24'];
  const args = [...screen, process.execPath, ...process.argv.slice(1)];
  return (await run('xvfb-run', args)).code;
}

/**
 * @param {Bench} bench
 * @param {string} work
 * @param {number} minutes
 * @returns {Promise<import('./report.mjs').SoakFigures>}
 */
async function soak(bench, work, minutes) {
  const loadBefore = loadavg()[0] ?? 0;
  const backend = await bench.startBackend(['backend.mjs', '60']);
  const config = join(work, 'soak.json');
  const servers = Array.from({ length: BACKENDS }, (_, at) => ({
    name: `backend-${at + 1}`,
    url: `http://127.0.0.1:${backend.port}/${at}`,
  }));
  writeFileSync(config, JSON.stringify({ port: '127.0.0.1:0', servers }));
  const { launch, launchEmpty } = await prepareApp(work, config);
  const emptyApp = await launchEmpty();
  await new Promise((resolve) => setTimeout(resolve, SAMPLE_MS));
  const empty = await sample(emptyApp);
  await emptyApp.close();
  const firstPaintsMs = [];
  for (let one = 0; one < LAUNCHES; one++) {
    const opened = await launch();
    firstPaintsMs.push(opened.firstPaintMs);
    await opened.close();
  }
  const { app, page, port, close, version } = await launch();
  try {
    await page.getByRole('button', { name: 'Requests', exact: true }).click();
    await startCounting(app);
    say(`${PER_SECOND.toLocaleString('en-US')} requests a second for ${minutes} minutes…`);
    const settings = { port, connections: CONNECTIONS, perSecond: PER_SECOND, seconds: minutes * 60 };
    let isLoaded = true;
    const load = bench.load('http', settings).finally(() => {
      isLoaded = false;
    });
    const samples = [await sample(app)];
    while (isLoaded) {
      await Promise.race([load, new Promise((resolve) => setTimeout(resolve, SAMPLE_MS))]);
      const last = await sample(app);
      samples.push(last);
      if (samples.length % 12 === 0)
        say(
          `  ${(samples.length * SAMPLE_MS) / 60_000} min: main ${last.mainMb.toFixed(0)} MB, window ${last.windowMb.toFixed(0)} MB`,
        );
    }
    const { answers, elapsedSeconds } = await load;
    say('Hidden and idle…');
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
    await new Promise((resolve) => setTimeout(resolve, SETTLED_SECONDS * 1_000));
    const before = await sample(app);
    await new Promise((resolve) => setTimeout(resolve, HIDDEN_SECONDS * 1_000));
    const after = await sample(app);
    const hiddenPercent =
      ((after.cpuSeconds - before.cpuSeconds) / (after.atSeconds - before.atSeconds)) * 100;
    const perSecond = answers / elapsedSeconds;
    return { minutes, perSecond, samples, empty, firstPaintsMs, hiddenPercent, loadBefore, version };
  } finally {
    await close();
    await backend.stop();
  }
}
