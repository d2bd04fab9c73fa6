import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lockDown, sandboxPages } from '../../../electron/desktop/security.ts';

const ROOT = join(import.meta.dirname, '../../..');
const sourcesOf = (folder: string) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => [`${folder}/${name}`, readFileSync(join(ROOT, folder, name), 'utf8')] as const);
const sources = [...sourcesOf('electron'), ...sourcesOf('renderer'), ...sourcesOf('shared')];
const filesWith = (pattern: RegExp) => sources.filter(([, text]) => pattern.test(text)).map(([name]) => name);

type Listener = (event: { preventDefault(): void; url?: string; isMainFrame?: boolean }) => void;

/** What Electron calls back, by its name. */
function locked() {
  const contents = new Map<string, Listener>();
  const handlers: Record<string, (...values: never[]) => unknown> = {};
  const page = {
    getURL: () => 'app://switchyard/index.html',
    on: (name: string, listener: Listener) => contents.set(name, listener),
    setWindowOpenHandler: (handler: () => unknown) => {
      handlers['window'] = handler;
    },
  };
  const app = {
    on: (_: string, created: (event: unknown, contents: unknown) => void) => created(null, page),
  };
  const session = {
    setPermissionRequestHandler: (handler: () => unknown) => {
      handlers['request'] = handler;
    },
    setPermissionCheckHandler: (handler: () => unknown) => {
      handlers['check'] = handler;
    },
    setDevicePermissionHandler: (handler: () => unknown) => {
      handlers['device'] = handler;
    },
    on: (name: string, listener: Listener) => contents.set(name, listener),
  };
  lockDown(app as never, session as never);
  const isPrevented = (name: string, event: object = {}) => {
    let prevented = false;
    contents.get(name)?.({
      ...event,
      preventDefault: () => {
        prevented = true;
      },
    });
    return prevented;
  };
  return { handlers, isPrevented };
}

describe('a page', () => {
  it('goes nowhere, but may be loaded again', () => {
    const { isPrevented, handlers } = locked();
    expect(isPrevented('will-navigate', { url: 'https://evil.example' })).toBe(true);
    expect(isPrevented('will-navigate', { url: 'file:///etc/passwd' })).toBe(true);
    expect(isPrevented('will-navigate', { url: 'app://switchyard/index.html' })).toBe(false);
    expect(isPrevented('will-frame-navigate', { isMainFrame: false })).toBe(true);
    expect(isPrevented('will-redirect')).toBe(true);
    expect(isPrevented('will-attach-webview')).toBe(true);
    expect(isPrevented('will-download')).toBe(true);
    expect(handlers['window']?.()).toEqual({ action: 'deny' });
  });

  it('has no permission', () => {
    const { handlers } = locked();
    const decisions: boolean[] = [];
    handlers['request']?.(...([null, 'media', (isAllowed: boolean) => decisions.push(isAllowed)] as never[]));
    expect(decisions).toEqual([false]);
    expect([handlers['check']?.(), handlers['device']?.()]).toEqual([false, false]);
  });

  it.each([
    [false, ['sandboxed']],
    // The two together would end its processes.
    [true, []],
  ])('is in the sandbox, where --no-sandbox is %s', (hasSwitch, expected) => {
    const done: string[] = [];
    sandboxPages({
      enableSandbox: () => done.push('sandboxed'),
      commandLine: { hasSwitch: () => hasSwitch } as never,
    });
    expect(done).toEqual(expected);
  });
});

describe('the source', () => {
  it('turns nothing of Electron’s protection off', () => {
    const weak =
      /nodeIntegration\w*: true|contextIsolation: false|sandbox: false|webSecurity: false|webviewTag: true|allowRunningInsecureContent|experimentalFeatures|enableBlinkFeatures|allowpopups/;
    expect(filesWith(weak)).toEqual([]);
  });

  it('makes markup of no text', () => {
    const markup =
      /dangerouslySetInnerHTML|\b(?:inner|outer)HTML\b|insertAdjacentHTML|document\.write|srcdoc/i;
    expect(filesWith(markup)).toEqual([]);
    expect(filesWith(/\beval\(|new Function\(|javascript:/)).toEqual([]);
  });

  it('opens URLs in one place, after a check', () => {
    expect(filesWith(/openExternal\(/)).toEqual(['electron/desktop/handlers.ts']);
    expect(filesWith(/openPath\(|showItemInFolder\(/)).toEqual([]);
    const handlers = sources.find(([name]) => name === 'electron/desktop/handlers.ts')?.[1] ?? '';
    expect(handlers).toMatch(/isOpenable\(url, [\s\S]{0,300}openExternal\(url\)/);
  });
});
