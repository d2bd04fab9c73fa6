import type { Config } from '../../shared/config.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { ConfigFile } from '../config/config-file.ts';
import { parseConfig } from '../config/parse.ts';
import { startDemoBackends } from '../demo/demo-backends.ts';
import { Engine } from '../engine/engine.ts';
import type { Output } from './output.ts';

/** What is in flight gets this long after the first signal; a second signal cuts it. */
const GRACE_MS = 10_000;

/** Balances until a signal. Resolves with the exit code once everything is closed. */
export async function serve(configPath: string | null, output: Output): Promise<number> {
  const engine = new Engine((say) => {
    if (say.push === 'event') output.event(say.payload);
  });
  const demo = configPath === null ? await startDemoBackends() : null;
  const file = configPath === null ? null : new ConfigFile(configPath);
  const read: Result<Config, string> = file ? await loadConfig(file) : parseOrExplain(demo?.configText ?? '');
  if (!read.ok) {
    output.error(read.error);
    return 1;
  }
  const applied = await engine.apply({ config: read.value, options: { keepGoing: false } });
  if (!applied.ok) {
    output.error(applied.error.message);
    await engine.stop({ graceMs: 0 });
    return 1;
  }
  if (demo && demo.port !== demo.wantedPort) {
    output.note(`port ${demo.wantedPort} is taken, so the demo listens on ${demo.port}`, 'port-taken');
  }
  output.listening(await engine.snapshot(null));

  const reload = async (next: Result<Config, string>): Promise<void> => {
    const result = next.ok ? await engine.apply({ config: next.value, options: { keepGoing: false } }) : next;
    if (result.ok) return;
    const reason = typeof result.error === 'string' ? result.error : result.error.message;
    output.note(`config not reloaded, the old one stays: ${reason}`, 'config-rejected');
  };
  if (file) {
    file.watch((changed) => void reload(changed.ok ? parseOrExplain(changed.value) : changed));
    process.on('SIGHUP', () => void loadConfig(file).then(reload));
  }
  await untilSignal();
  output.note('stopping', 'stopping');
  const stopped = engine.stop({ graceMs: GRACE_MS });
  await Promise.race([stopped, untilSignal()]);
  await Promise.all([file?.stop(), demo?.stop()]);
  return 0;
}

export async function loadConfig(file: ConfigFile): Promise<Result<Config, string>> {
  const text = await file.load();
  return text.ok ? parseOrExplain(text.value) : text;
}

/** All that is wrong, in one line. */
function parseOrExplain(text: string): Result<Config, string> {
  const config = parseConfig(text);
  return config.ok ? ok(config.value) : fail(config.error.map((issue) => issue.message).join(' · '));
}

function untilSignal(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
}
