import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { App, BrowserWindow } from 'electron';
import type { AppState } from '../../shared/contract.ts';
import type { TrafficProgress } from '../../shared/traffic.ts';
import { startDemoBackends } from '../demo/demo-backends.ts';
import { EngineHost } from '../engine/engine-host.ts';
import { WindowPublisher } from '../ipc/publisher.ts';
import { ConfigService } from './config-service.ts';

/** What is in flight when the app quits gets this long. */
const QUIT_GRACE_MS = 2_000;

/** The balancer behind the window: engine, config, and what the window is told of them. */
export class SwitchyardApp {
  readonly host: EngineHost;
  readonly config: ConfigService;
  readonly publisher: WindowPublisher;
  readonly #version: string;
  #traffic: TrafficProgress | null = null;
  #notice: string | null = null;

  constructor(app: App, findWindow: () => BrowserWindow | null, defaultConfigPath: string) {
    this.#version = app.getVersion();
    this.publisher = new WindowPublisher(() => findWindow()?.webContents ?? null);
    this.host = new EngineHost(() => new Worker(join(import.meta.dirname, 'worker.js')), {
      onPush: (push) => {
        if (push.push === 'traffic') this.#traffic = push.payload;
        this.publisher.forward(push);
      },
      onStatus: (status) => this.publisher.send('engine:status', status),
    });
    this.config = new ConfigService({
      apply: (config, keepGoing) => this.host.apply(config, keepGoing),
      onChange: (document) => this.publisher.send('config:changed', document),
      startDemo: () => startDemoBackends(),
      defaultPath: defaultConfigPath,
    });
  }

  async start(configPath: string | null): Promise<void> {
    await this.host.start();
    this.#notice = await this.config.start(configPath);
    if (this.#notice !== null) this.publisher.send('app:notice', this.#notice);
  }

  async stop(): Promise<void> {
    await this.host.stop(QUIT_GRACE_MS);
    await this.config.stop();
  }

  /** The window is looked at again: it starts over from a whole snapshot. */
  async rewatch(): Promise<void> {
    const snapshot = await this.host.watch();
    if (snapshot) this.publisher.send('engine:snapshot', snapshot);
  }

  /** What a window needs to draw itself; batches follow. */
  async watch(): Promise<AppState> {
    const snapshot = await this.host.watch();
    return {
      engine: this.host.status,
      snapshot,
      config: this.config.document,
      traffic: this.#traffic,
      platform: process.platform,
      version: this.#version,
      notice: this.#notice,
    };
  }
}
