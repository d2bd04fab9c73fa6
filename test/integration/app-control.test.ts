import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type RunningSettings, setUpSettings } from '../../electron/desktop/set-up-settings.ts';
import { SettingsFile } from '../../electron/desktop/settings-file.ts';
import { SwitchyardApp } from '../../electron/desktop/switchyard-app.ts';
import type { SettingsChange } from '../../shared/config/settings-schema.ts';
import type { SettingsView } from '../../shared/view/settings-view.ts';
import type { BackendKey } from '../../shared/view/snapshot.ts';
import { Human } from '../support/human.ts';
import { listening } from '../support/listening.ts';
import { buildThreads, type Threads } from '../support/threads.ts';

let threads: Threads;
let folder: string;
let human: Human;
let switchyard: SwitchyardApp;
let running: RunningSettings;
let file: SettingsFile;
let told: SettingsView[];
let acted: BackendKey[];
const listen = listening();

beforeAll(async () => {
  threads = await buildThreads();
});

beforeEach(async () => {
  human = new Human('yes');
  folder = await mkdtemp(join(tmpdir(), 'switchyard-'));
  process.env['XDG_RUNTIME_DIR'] = folder;
  [told, acted] = [[], []];
  const target = {
    isDestroyed: () => false,
    send: (channel: string, payload: unknown) => {
      if (channel === 'settings:changed') told.push(payload as SettingsView);
    },
  };
  switchyard = new SwitchyardApp({
    spawnEngine: () => threads.spawnEngine(),
    spawnTraffic: (job) => threads.spawnTraffic(job),
    spawnDemo: () => threads.spawnDemo(),
    findTarget: () => target,
    onNews: () => undefined,
    onActed: (key) => acted.push(key),
    onEvent: (event) => running.tell(event),
    defaultConfigPath: join(folder, 'config.json'),
    certificateFolder: join(folder, 'tls'),
    trustPath: join(folder, 'allowed-commands.json'),
    consentPath: join(folder, 'allowed-configs.json'),
    askUser: human.ask,
    recentPath: join(folder, 'recent-files.json'),
    version: '1.2.3',
  });
  file = new SettingsFile(join(folder, 'settings.json'));
  running = setUpSettings({
    app: {
      isPackaged: false,
      getVersion: () => '1.2.3',
      getLoginItemSettings: () => Object.assign(Object.create(null), { openAtLogin: false }),
      setLoginItemSettings: () => undefined,
    },
    switchyard,
    file,
    installation: 'dev build',
    tokenPath: join(folder, 'control-token'),
    askUser: human.ask,
  });
  const path = join(folder, 'mine.json');
  await writeFile(path, '{ "port": 0, "servers": [{ "name": "a", "url": "http://127.0.0.1:9" }] }');
  await switchyard.start(path);
});

afterEach(async () => {
  await running.stop();
  await switchyard.stop();
  delete process.env['XDG_RUNTIME_DIR'];
  await rm(folder, { recursive: true });
});

async function change(wanted: SettingsChange): Promise<SettingsView> {
  const changed = await running.settings.change(wanted);
  if (!changed.ok) throw new Error(changed.error.message);
  return changed.value;
}

async function turnOn(): Promise<{ readonly url: string; readonly token: string }> {
  const { control } = await change({ isControlOn: true, controlAddress: '127.0.0.1:0' });
  if (control.kind !== 'on' || !running.control.access) throw new Error(JSON.stringify(control));
  return running.control.access;
}

const ask = (url: string, token: string, init: RequestInit = {}) =>
  fetch(url, {
    ...init,
    headers: {
      authorization: `Bearer ${token}`,
      connection: 'close',
      ...(init.body !== undefined && { 'content-type': 'application/json' }),
    },
  });

describe('the control API of the app', () => {
  it('is off until the user turns it on, and then tells and changes what the window shows', async () => {
    expect(await running.settings.start()).toBeNull();
    expect((await running.settings.view()).control).toEqual({ kind: 'off' });
    const { url, token } = await turnOn();
    const state = await (await ask(`${url}/v1/state`, token)).json();
    expect(state).toMatchObject({ pools: [{ backends: [{ name: 'a', admin: 'enabled' }] }] });
    const path = `/v1/pools/default/backends/a/admin`;
    const done = await ask(`${url}${path}`, token, { method: 'POST', body: '{ "state": "disabled" }' });
    expect(done.status).toBe(200);
    expect((await switchyard.watch()).snapshot?.pools[0]?.backends[0]?.admin).toBe('disabled');
    expect((await ask(`${url}/metrics`, token)).status).toBe(200);
    expect((await ask(`${url}/v1/state`, 'a-token-that-is-not-it')).status).toBe(401);
    expect(told.at(-1)?.control.kind).toBe('on');
    await change({ isControlOn: false });
    await expect(ask(`${url}/v1/state`, token)).rejects.toThrow();
  });

  it('leaves word for the command line, for nobody but the user, and takes it away again', async () => {
    const { url, token } = await turnOn();
    const path = join(folder, 'switchyard', `control-${process.pid}.json`);
    expect(JSON.parse(await readFile(path, 'utf8'))).toEqual({ pid: process.pid, url, token });
    expect(JSON.stringify(told)).not.toContain(token);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await stat(join(folder, 'control-token'))).mode & 0o777).toBe(0o600);
    await change({ isControlOn: false });
    expect(await readdir(join(folder, 'switchyard'))).toEqual([]);
  });

  it('keeps its token until it is renewed', async () => {
    const first = await turnOn();
    await change({ isControlOn: false });
    const second = await turnOn();
    expect(second.token).toBe(first.token);
    const renewed = await running.settings.renewToken();
    const control = running.control.access;
    if (!control) throw new Error(JSON.stringify(renewed));
    expect(control.token).not.toBe(first.token);
    expect((await ask(`${control.url}/v1/state`, first.token)).status).toBe(401);
    expect((await ask(`${control.url}/v1/state`, control.token)).status).toBe(200);
  });

  it('says when its port is taken, and tries again when it is asked to', async () => {
    const other = createServer();
    const port = await listen(other);
    const controlAddress = `127.0.0.1:${port}`;
    const { control } = await change({ isControlOn: true, controlAddress });
    const reason = `${controlAddress} is already in use; choose another port, or 0 for a free one.`;
    expect(control).toEqual({ kind: 'failed', reason });
    await new Promise((resolve) => other.close(resolve));
    expect((await change({ isControlOn: true })).control).toMatchObject({ kind: 'on' });
  });

  it('is on again after a restart, or says why not', async () => {
    const port = await listen(createServer());
    await file.change({ isControlOn: true, controlAddress: `127.0.0.1:${port}` });
    expect(await running.settings.start()).toContain('cannot be controlled from outside: 127.0.0.1');
  });

  it('opens nothing for an app that has begun to quit, and leaves no word behind', async () => {
    await file.change({ isControlOn: true, controlAddress: '127.0.0.1:0' });
    await running.stop();
    expect(await running.settings.start()).toBeNull();
    await running.settings.renewToken();
    expect((await running.settings.view()).control).toEqual({ kind: 'off' });
    expect(await readdir(folder)).not.toContain('switchyard');
  });

  it('is on this machine alone', async () => {
    const message = '"0.0.0.0:9900" could be reached by other machines; write "127.0.0.1:9900".';
    expect(await running.settings.change({ controlAddress: '0.0.0.0:9900' })).toEqual({
      ok: false,
      error: { setting: 'controlAddress', message },
    });
    expect(file.current.controlAddress).toBe('127.0.0.1:9900');
  });

  it('runs no command that the user has not allowed', async () => {
    const { url, token } = await turnOn();
    const marker = join(folder, 'ran');
    const command = `touch ${marker}; sleep 30`;
    const text = JSON.stringify({ port: 0, servers: [{ command, name: 'made' }] });
    const put = await ask(`${url}/v1/config`, token, { method: 'PUT', body: JSON.stringify({ text }) });
    expect(put.status).toBe(200);
    expect(switchyard.config.document.toAllow).toMatchObject([{ command }]);
    expect(await readdir(folder)).not.toContain('ran');
  });

  it('tells of what is done to a process, which is no news to whoever asked for it', async () => {
    const { url, token } = await turnOn();
    const text = JSON.stringify({ port: 0, servers: [{ command: 'sleep 30', name: 'made' }] });
    expect((await switchyard.config.apply(text, switchyard.config.document.revision)).ok).toBe(true);
    human.answer = 'yes-and-run';
    expect((await switchyard.config.allowCommands(switchyard.config.document.revision)).ok).toBe(true);
    const key = { pool: 'default', backend: 'made-1' };
    const path = `/v1/pools/${key.pool}/instances/${key.backend}/act`;
    const body = '{ "action": "kill" }';
    expect((await ask(`${url}${path}`, token, { method: 'POST', body })).status).toBe(200);
    expect(acted).toEqual([key]);
  });

  it('does not write over a file that somebody is halfway through changing', async () => {
    const { url, token } = await turnOn();
    await writeFile(join(folder, 'mine.json'), '{ "port": 0, "servers": [');
    expect((await ask(`${url}/v1/config/reload`, token, { method: 'POST' })).status).toBe(422);
    const body = JSON.stringify({ text: '{ "port": 0, "servers": ["http://127.0.0.1:9"] }' });
    expect((await ask(`${url}/v1/config`, token, { method: 'PUT', body })).status).toBe(412);
  });

  it('tells events to whoever reads along', async () => {
    const { url, token } = await turnOn();
    const stream = await ask(`${url}/v1/events`, token);
    const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
    await switchyard.host.setAdmin({ pool: 'default', backend: 'a', state: 'disabled' });
    let text = '';
    while (!text.includes('"kind":"admin"')) {
      const part = await reader?.read();
      if (!part || part.done) throw new Error(`the stream ended: ${text}`);
      text += part.value;
    }
    await running.stop();
    await reader?.cancel();
  });
});
