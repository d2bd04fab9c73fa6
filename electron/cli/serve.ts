import { ConfigFile } from '../config/config-file.ts';
import { startDemoBackends } from '../demo/demo-backends.ts';
import { Engine } from '../engine/engine.ts';
import { inOneLine, loadConfig, readConfig } from './load-config.ts';
import type { Output } from './output.ts';
import { Reloader } from './reloader.ts';

/** What is in flight gets this long after the first signal; a second signal cuts it. */
const GRACE_MS = 10_000;

/** Balances what the file says until a signal. Resolves with the exit code once everything is closed. */
export async function serveFile(path: string, output: Output): Promise<number> {
  const file = new ConfigFile(path);
  const config = await loadConfig(file);
  if (!config.ok) {
    output.error(inOneLine(config.error, path), { issues: config.error });
    return 1;
  }
  const engine = createEngine(output);
  const applied = await engine.apply({ config: config.value, options: { keepGoing: false } });
  if (!applied.ok) {
    output.error(applied.error.message);
    return 1;
  }
  output.listening(await engine.snapshot(null));
  const reloader = new Reloader(engine, output, path);
  const read = () => loadConfig(file);
  process.on('SIGHUP', () => reloader.reload(read, true));
  file.watch(() => reloader.reload(read, false));
  await untilSignal();
  return stopWithin(output, async () => {
    await file.stop();
    await reloader.stop();
    await engine.stop({ graceMs: GRACE_MS });
  });
}

/** The same with five demo backends. */
export async function serveDemo(output: Output): Promise<number> {
  const demo = await startDemoBackends();
  const engine = createEngine(output);
  const config = readConfig(demo.configText, 'the demo');
  if (!config.ok) throw new Error(config.error.join('\n'));
  const applied = await engine.apply({ config: config.value, options: { keepGoing: false } });
  if (!applied.ok) {
    output.error(applied.error.message);
    return 1;
  }
  if (demo.port !== demo.wantedPort) {
    const instead = demo.port === 0 ? 'a free one' : demo.port;
    output.note(`port ${demo.wantedPort} is taken, so the demo listens on ${instead}`, 'port-taken');
  }
  output.listening(await engine.snapshot(null));
  process.on('SIGHUP', () => output.note('the demo has no config to read again', 'config-unchanged'));
  await untilSignal();
  return stopWithin(output, async () => {
    await engine.stop({ graceMs: GRACE_MS });
    await demo.stop();
  });
}

function createEngine(output: Output): Engine {
  return new Engine((say) => {
    if (say.push === 'event') output.event(say.payload);
  });
}

async function stopWithin(output: Output, stop: () => Promise<void>): Promise<number> {
  const isCut = untilSignal();
  output.note('stopping', 'stopping');
  await Promise.race([stop(), isCut]);
  return 0;
}

function untilSignal(): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      process.off('SIGINT', end);
      process.off('SIGTERM', end);
      resolve();
    };
    process.on('SIGINT', end);
    process.on('SIGTERM', end);
  });
}
