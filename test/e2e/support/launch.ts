import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron, type ElectronApplication, type Page } from 'playwright';
import { withFewRights } from './few-rights.ts';
import { HUMAN } from './human.ts';

export const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const SCREENSHOTS = join(ROOT, 'test/e2e/screenshots');

/** The app from its build, or the packaged one: the same tests hold for both. */
export type Subject = 'built' | 'packaged';

export interface RunningApp {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly pid: number;
  /** What the page complained of. */
  readonly complaints: string[];
  screenshot(name: string): Promise<void>;
  close(): Promise<void>;
}

export interface LaunchOptions {
  /** As somebody who may not write everywhere, nor listen on any port, also where root runs the tests. */
  readonly hasFewRights?: boolean;
  /** Buttons that are pressed in the first dialogs of the system, by their labels; *Cancel* when there are no more. */
  readonly press?: readonly string[];
  /** A profile that stays when the app is closed. */
  readonly profile?: string;
}

/** Starts the real app with a profile of its own. Fails, and says why, where there is no Electron to start. */
export async function launch(
  subject: Subject,
  args: readonly string[],
  { hasFewRights = false, press = [], profile: kept }: LaunchOptions = {},
): Promise<RunningApp> {
  const profile = kept ?? mkdtempSync(join(tmpdir(), 'switchyard-profile-'));
  const { executablePath, before } = locate(subject);
  const app = await _electron.launch({
    executablePath: hasFewRights ? withFewRights(executablePath, profile) : executablePath,
    args: [...machineSwitches(), ...before, `--user-data-dir=${profile}`, ...args],
    env: { ...environment(), SWITCHYARD_TEST_PRESS: press.join() },
  });
  outlastCollection(app);
  const page = await firstPage(app);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  const pid = app.process().pid ?? 0;
  return {
    app,
    page,
    pid,
    complaints,
    screenshot: async (name) => {
      mkdirSync(SCREENSHOTS, { recursive: true });
      for (const theme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme: theme });
        await nextFrames(page);
        await page.screenshot({
          path: join(SCREENSHOTS, `${subject}-${name}-${theme}.png`),
          animations: 'disabled',
        });
      }
    },
    close: async () => {
      await app.close();
      if (kept === undefined) rmSync(profile, { recursive: true, force: true });
    },
  };
}

/**
 * While the app starts, its garbage collector may take the promise that Playwright waits for in main, which says so in an
 * error of its own. What tests do there (stand in for a dialog, read a value) can be done twice.
 */
function outlastCollection(app: ElectronApplication): void {
  const evaluate: (...args: unknown[]) => Promise<unknown> = app.evaluate.bind(app) as never;
  const again = (...args: unknown[]) =>
    evaluate(...args).catch((error: unknown) => {
      if (error instanceof Error && error.message.includes('Resulting promise was garbage collected'))
        return evaluate(...args);
      throw error;
    });
  app.evaluate = again as typeof app.evaluate;
}

/** The first window, once its page is loaded: what is asked of it before is lost when it goes there. */
export async function firstPage(app: ElectronApplication): Promise<Page> {
  const page = await app.firstWindow();
  await page.waitForURL(({ href }) => href !== 'about:blank');
  return page;
}

/** Charts are drawn anew in the frame after what they go by has changed. */
export async function nextFrames(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  );
}

/** What Electron needs on this machine and nowhere else; the script that runs the tests knows. */
export function machineSwitches(): string[] {
  return (process.env['SWITCHYARD_ELECTRON_SWITCHES'] ?? '').split(' ').filter((one) => one !== '');
}

function environment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

function locate(subject: Subject): { executablePath: string; before: string[] } {
  if (subject === 'packaged') return { executablePath: packagedBinary(), before: [] };
  return { executablePath: electronBinary(), before: ['-r', HUMAN, ROOT] };
}

/** The Electron that the script which runs the tests has found. */
export function electronBinary(): string {
  const dist = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (!dist) throw new Error('ELECTRON_OVERRIDE_DIST_PATH names no Electron: run the tests with npm test');
  const names: Partial<Record<NodeJS.Platform, string>> = {
    darwin: 'Electron.app/Contents/MacOS/Electron',
    win32: 'electron.exe',
  };
  return join(dist, names[process.platform] ?? 'electron');
}

/** @param release the folder it was packaged into */
export function packagedBinary(release = join(ROOT, 'release')): string {
  const places: Partial<Record<NodeJS.Platform, readonly string[]>> = {
    linux: ['linux-unpacked/switchyard'],
    darwin: [
      'mac/Switchyard.app/Contents/MacOS/Switchyard',
      'mac-arm64/Switchyard.app/Contents/MacOS/Switchyard',
    ],
    win32: ['win-unpacked/Switchyard.exe'],
  };
  const found = (places[process.platform] ?? [])
    .map((one) => join(release, one))
    .find((one) => existsSync(one));
  if (!found) throw new Error(`${release} holds no packaged app: run npm run package first`);
  return found;
}
