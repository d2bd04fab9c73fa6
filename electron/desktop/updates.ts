import type { AppUpdater } from 'electron-updater';
import type { Settings } from '../../shared/config/settings-schema.ts';

/** What of electron-updater is used. */
export type Updater = Pick<
  AppUpdater,
  'channel' | 'allowPrerelease' | 'allowDowngrade' | 'requestHeaders' | 'logger' | 'checkForUpdates'
>;

/** What a look for updates came to. */
export type Look =
  | { readonly kind: 'current' }
  /** It has been fetched, and is installed when the app quits. */
  | { readonly kind: 'ready'; readonly version: string }
  | { readonly kind: 'failed'; readonly reason: string };

export interface UpdatesParts {
  /** Made at the first look: the code for it is loaded only then. */
  readonly createUpdater: () => Promise<Updater>;
  /** Asked at each look. */
  readonly channel: () => Settings['updateChannel'];
  /** A look that nobody asked for has fetched a version. Told once for each. */
  readonly onReady: (version: string) => void;
  /** @returns what takes it back */
  readonly after: (delayMs: number, run: () => void) => () => void;
}

/** Not while the app starts. */
export const FIRST_LOOK_MS = 30_000;
export const EVERY_MS = 24 * 60 * 60 * 1_000;

/** Looks for a newer release now and then, fetches it, and leaves it to be installed when the app quits. */
export class Updates {
  readonly #parts: UpdatesParts;
  #updater: Promise<Updater> | null = null;
  #look: Promise<Look> | null = null;
  #told: string | null = null;
  #cancel = (): void => undefined;

  constructor(parts: UpdatesParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#next(FIRST_LOOK_MS);
  }

  stop(): void {
    this.#cancel();
  }

  /** Never rejects: a machine without a network is nothing out of the ordinary. */
  look(): Promise<Look> {
    this.#look ??= this.#lookOnce()
      .catch((error: unknown): Look => {
        return { kind: 'failed', reason: error instanceof Error ? firstLine(error.message) : String(error) };
      })
      .finally(() => {
        this.#look = null;
      });
    return this.#look;
  }

  #next(delayMs: number): void {
    this.#cancel = this.#parts.after(delayMs, () => {
      this.#next(EVERY_MS);
      void this.look().then((look) => {
        if (look.kind !== 'ready' || look.version === this.#told) return;
        this.#told = look.version;
        this.#parts.onReady(look.version);
      });
    });
  }

  async #lookOnce(): Promise<Look> {
    this.#updater ??= this.#parts.createUpdater();
    const updater = await this.#updater;
    follow(updater, this.#parts.channel());
    const found = await updater.checkForUpdates();
    if (!found?.isUpdateAvailable) return { kind: 'current' };
    await found.downloadPromise;
    return { kind: 'ready', version: found.updateInfo.version };
  }
}

function follow(updater: Updater, channel: Settings['updateChannel']): void {
  updater.channel = channel;
  updater.allowPrerelease = channel === 'beta';
  // Whoever leaves the beta channel waits for the release that comes after it. Setting the channel allows going back.
  updater.allowDowngrade = false;
  // Otherwise it would send a number that stands for this machine.
  updater.requestHeaders = { 'x-user-staging-id': '' };
  updater.logger = null;
}

/** The rest is a trace, or the page that was answered. */
function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}
