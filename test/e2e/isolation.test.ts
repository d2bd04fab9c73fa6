import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch, machineSwitches, type RunningApp } from './support/launch.ts';
import { threeBackends } from './support/story.ts';

let running: RunningApp;
let outside: Server;
let url: string;
const asked: string[] = [];
const stops: (() => unknown)[] = [];

beforeAll(async () => {
  outside = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.setHeader('access-control-allow-origin', '*').end('window.owned = true;');
  });
  await new Promise<void>((resolve) => outside.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(outside.address() as AddressInfo).port}`;
  const story = await threeBackends();
  stops.push(() => story.backends.map((one) => one.kill()));
  running = await launch('built', ['--config', story.path]);
  await running.page.getByRole('heading', { name: 'Backends' }).waitFor();
});
afterAll(async () => {
  await running.close();
  outside.close();
  for (const stop of stops) await stop();
});

/** What a script in the page gets, which has broken out of React: an error, or what it asked for. */
const inPage = (script: string): Promise<unknown> => running.page.evaluate(script);

describe('a page that somebody else has taken over', () => {
  it('is in the sandbox, without Node, and apart from the preload', async () => {
    const preferences = await running.app.evaluate(({ BrowserWindow }) =>
      // @ts-expect-error Electron has it, but does not say so in its types.
      BrowserWindow.getAllWindows()[0]?.webContents.getLastWebPreferences(),
    );
    expect(preferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
    });
    expect(await inPage('[typeof require, typeof process, typeof module, typeof Buffer].join()')).toBe(
      'undefined,undefined,undefined,undefined',
    );
    // As root there is no sandbox at all; otherwise every process of a page has it.
    const isSandboxed = await running.app.evaluate(({ app }) => !app.commandLine.hasSwitch('no-sandbox'));
    expect(isSandboxed).toBe(!machineSwitches().includes('--no-sandbox'));
  });

  it('finds named calls, and nothing that sends what it likes to main', async () => {
    const names = await inPage(
      `Object.entries(window.switchyard).map(([name, value]) => typeof value + ' ' + name)`,
    );
    expect(names).not.toEqual([]);
    for (const name of names as string[]) expect(name).toMatch(/^function /);
    expect((names as string[]).join()).not.toMatch(/invoke|send\b|ipc/i);
    expect(
      await inPage(`Object.isFrozen(window.switchyard) || !('x' in Object.assign(window.switchyard, {}))`),
    ).toBe(true);
  });

  it.each([
    [
      'a script from elsewhere',
      `const s = document.createElement('script'); s.src = URL + '/script'; document.head.append(s)`,
    ],
    [
      'an inline script',
      `const s = document.createElement('script'); s.textContent = 'window.owned = true'; document.head.append(s)`,
    ],
    [
      'an event handler in markup',
      `document.body.insertAdjacentHTML('beforeend', '<img src="x:" onerror="window.owned = true">')`,
    ],
    [
      'text as a script',
      `try { eval('window.owned = true') } catch {} try { new Function('window.owned = true')() } catch {}`,
    ],
    [
      'a script in a URL',
      `const a = document.createElement('a'); a.href = 'javascript:window.owned=true'; document.body.append(a); a.click()`,
    ],
    ['a worker', `try { new Worker('data:text/javascript,fetch("' + URL + '/worker")') } catch {}`],
    ['an image from elsewhere', `new Image().src = URL + '/image'`],
    ['a request', `fetch(URL + '/fetch', { mode: 'no-cors' }).catch(() => {})`],
    ['a beacon', `navigator.sendBeacon(URL + '/beacon', 'x')`],
    ['an event stream', `new EventSource(URL + '/events')`],
    ['a WebSocket', `try { new WebSocket(URL.replace('http', 'ws') + '/socket') } catch {}`],
    [
      'a stylesheet from elsewhere',
      `const l = document.createElement('link'); l.rel = 'stylesheet'; l.href = URL + '/style'; document.head.append(l)`,
    ],
    [
      'a style that asks for an image',
      `const s = document.createElement('style'); s.textContent = 'body { background: url(' + URL + '/css) }'; document.head.append(s)`,
    ],
    [
      'a frame',
      `const f = document.createElement('iframe'); f.src = URL + '/frame'; document.body.append(f)`,
    ],
    [
      'a form',
      `const f = document.createElement('form'); f.action = URL + '/form'; document.body.append(f); f.submit()`,
    ],
    ['another window', `window.open(URL + '/window')`],
    ['another page', `location.href = URL + '/page'`],
    [
      'a download',
      `const a = document.createElement('a'); a.href = URL + '/download'; a.download = 'x'; document.body.append(a); a.click()`,
    ],
  ])('cannot run or load %s', async (_, script) => {
    // Later, because what a debugger evaluates may itself use eval.
    await inPage(`setTimeout(() => { const URL = ${JSON.stringify(url)}; ${script}; })`);
    // The page goes on, and has asked nobody: two frames, and then a call to main and back.
    await inPage('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
    await running.app.evaluate(() => new Promise((done) => setTimeout(done, 100)));
    expect(await inPage('[window.owned, location.protocol].join()')).toBe(',app:');
    expect(asked).toEqual([]);
    expect(running.app.windows()).toHaveLength(1);
  });

  it('gets no style that has not the nonce of the page', async () => {
    expect(
      await inPage(`(() => {
        const style = document.createElement('style');
        style.textContent = 'body { outline: 7px solid red }';
        document.head.append(style);
        return getComputedStyle(document.body).outlineWidth === '7px';
      })()`),
    ).toBe(false);
  });

  it.each(['geolocation', 'notifications', 'camera', 'microphone', 'clipboard-read', 'midi'])(
    'gets no permission for %s',
    async (name) => {
      const state = await inPage(
        `navigator.permissions.query({ name: ${JSON.stringify(name)} }).then(({ state }) => state, () => 'denied')`,
      );
      expect(state).toBe('denied');
    },
  );
});
