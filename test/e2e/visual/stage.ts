import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import axe from 'axe-core';
import { _electron, type Page } from 'playwright';
import type { AppState } from '../../../shared/calls/contract.ts';
import type { SwitchyardApi } from '../../../shared/calls/switchyard-api.ts';
import { electronBinary, firstPage, machineSwitches, nextFrames, ROOT } from '../support/launch.ts';
import { AT } from './fixtures.ts';

/** What the bridge's methods answer, whatever they are asked. */
export type Answers = {
  readonly [M in keyof SwitchyardApi]?: SwitchyardApi[M] extends (argument: never) => Promise<infer R>
    ? R
    : never;
};

/** What the window is shown, and how to get from there to what is looked at. */
export interface Scene {
  readonly name: string;
  readonly state: AppState;
  readonly answers?: Answers;
  /** Main has not said a word yet. */
  readonly isWaiting?: boolean;
  /** As wide and high as a window opens, unless it says otherwise. */
  readonly size?: { readonly width: number; readonly height: number };
  go?(stage: Stage): Promise<void>;
}

export interface Stage {
  readonly page: Page;
  /** What main tells without being asked: `onConfigChanged`. */
  push(method: keyof SwitchyardApi, payload: unknown): Promise<void>;
}

export interface OpenStage extends Stage {
  show(scene: Scene): Promise<void>;
  setTheme(theme: 'light' | 'dark'): Promise<void>;
  close(): Promise<void>;
}

const SCENE = 'scene';
const DEFAULTS: Answers = { checkConfig: [], recentConfigs: [], processOutput: [], showLog: [] };

/** The built window in a real Electron, with a clock that stands still. */
export async function openStage(): Promise<OpenStage> {
  const profile = mkdtempSync(join(tmpdir(), 'switchyard-stage-'));
  const app = await _electron.launch({
    executablePath: electronBinary(),
    args: [
      ...machineSwitches(),
      '--lang=en-US',
      '--force-device-scale-factor=1',
      '--font-render-hinting=none',
      join(ROOT, 'test/e2e/visual/stage-main.mjs'),
      `--user-data-dir=${profile}`,
    ],
    env: { ...environment(), TZ: 'UTC', LANG: 'en_US.UTF-8' },
  });
  const page = await firstPage(app);
  await page.addInitScript(putBridge, { key: SCENE, at: AT });
  await page.addInitScript({ content: axe.source });
  const push: Stage['push'] = async (method, payload) => {
    await page.evaluate(([name, what]) => Reflect.get(window, 'tell')(name, what), [
      method,
      payload,
    ] as const);
  };
  return {
    page,
    push,
    show: async ({ state, answers, isWaiting = false, size = { width: 1280, height: 800 }, go }) => {
      const told = { answers: { ...DEFAULTS, ...answers, watch: state }, isWaiting };
      await page.setViewportSize(size);
      await page.mouse.move(0, 0);
      await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
      await page.evaluate(
        ([key, text]) => {
          localStorage.clear();
          sessionStorage.setItem(key, text);
        },
        [SCENE, JSON.stringify(told)] as const,
      );
      await page.reload();
      await page.evaluate(() => document.fonts.ready);
      await go?.({ page, push });
    },
    setTheme: async (theme) => {
      await page.mouse.move(0, 0);
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      await nextFrames(page);
    },
    close: async () => {
      await app.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

/** In the page, before anything of it runs. */
function putBridge({ key, at }: { readonly key: string; readonly at: number }): void {
  const text = sessionStorage.getItem(key);
  if (text === null) return;
  const { answers, isWaiting } = JSON.parse(text);
  const listeners = new Map<string, ((payload: unknown) => void)[]>();
  const never = new Promise(() => undefined);
  const method = (name: string) => {
    if (name.startsWith('on'))
      return (listener: (payload: unknown) => void) => {
        listeners.set(name, [...(listeners.get(name) ?? []), listener]);
        return () => undefined;
      };
    if (name === 'pathOfFile') return () => '';
    return () => (isWaiting ? never : Promise.resolve(answers[name] ?? { ok: true, value: null }));
  };
  Reflect.set(window, 'switchyard', new Proxy({}, { get: (_, name) => method(String(name)) }));
  Reflect.set(window, 'tell', (name: string, payload: unknown) => {
    for (const listener of listeners.get(name) ?? []) listener(payload);
  });
  const Running = Date;
  class Standing extends Running {
    constructor(...given: [] | [number | string]) {
      super(given.length === 0 ? at : given[0]);
    }
    static override now(): number {
      return at;
    }
  }
  Reflect.set(window, 'Date', Standing);
}

function environment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
