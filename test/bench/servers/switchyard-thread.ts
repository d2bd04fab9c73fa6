// The engine in a worker thread, as the app hosts it, without a window: in plain Node and as Electron's main script.
// Takes the built worker and the backends, with commas between them; prints its port and process. SIGUSR2 switches
// watching on and off, the log with it.
import { Worker } from 'node:worker_threads';
import { EngineHost } from '../../../electron/engine/core/engine-host.ts';
import { parseConfig } from '../../../electron/services/config/parse.ts';

const [workerPath = '', backends = ''] = process.argv.slice(-2);
const host = new EngineHost(() => new Worker(workerPath), {
  onPush: () => undefined,
  onStatus: (status) => {
    if (status.kind === 'failed') throw new Error(status.reason);
  },
});
await host.start();
const config = parseConfig(
  JSON.stringify({ port: '127.0.0.1:0', servers: backends.split(',').map((one) => `http://${one}`) }),
);
if (!config.ok) throw new Error(JSON.stringify(config.error));
const applied = await host.apply(config.value, false);
if (!applied.ok) throw new Error(applied.error.message);
// Watching is how main learns the port; from here on nobody watches until told to.
const snapshot = await host.watch();
await host.unwatch();

let isWatched = false;
process.on('SIGUSR2', () => {
  isWatched = !isWatched;
  void host.showLog(isWatched);
  void (isWatched ? host.watch() : host.unwatch());
});
const url = new URL(snapshot?.listeners[0]?.url ?? '');
process.stdout.write(`${url.port} ${process.pid}\n`);
