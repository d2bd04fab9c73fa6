import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { homedir, networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { until } from '../support/until.ts';
import { shownDialogs, willPress } from './support/human.ts';
import { launch, type RunningApp } from './support/launch.ts';
import { freePort, isListening } from './support/story.ts';

let folder: string;
const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

async function start(args: readonly string[], press: readonly string[] = []): Promise<RunningApp> {
  folder = mkdtempSync(join(tmpdir(), 'switchyard-consent-'));
  stops.push(() => rmSync(folder, { recursive: true, force: true }));
  const running = await launch('built', args, { press });
  stops.push(running.close);
  return running;
}

function write(name: string, config: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(config));
  return path;
}

/** An address of this machine that others reach it by; null where it has none. */
function ownAddress(): string | null {
  const all = Object.values(networkInterfaces()).flatMap((one) => one ?? []);
  return all.find(({ internal, family }) => !internal && family === 'IPv4')?.address ?? null;
}

function isReachable(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 2_000 });
    const end = (is: boolean) => {
      socket.destroy();
      resolve(is);
    };
    socket
      .once('connect', () => end(true))
      .once('error', () => end(false))
      .once('timeout', () => end(false));
  });
}

it('a page that calls all it can, while the user says no to everything, runs nothing and learns no secret', async () => {
  const { app, page } = await start([]);
  await page.getByText('5 of 5 up').waitFor();
  const touched = join(folder, 'touched');
  const port = await freePort();
  const secret = write('secret.json', { servers: ['http://localhost:1'], secret: 'of-somebody-else' });
  const command = { command: `touch ${touched}; sleep 60`, name: 'evil' };
  const attack = {
    texts: [
      JSON.stringify({ port: '127.0.0.1:0', servers: [command] }),
      JSON.stringify({ port: `0.0.0.0:${port}`, servers: ['http://localhost:1'] }),
      JSON.stringify({ port: `0.0.0.0:${port}`, servers: [command] }),
    ],
    paths: [secret, '/etc/passwd', '/etc/shadow', join(homedir(), '.ssh/id_rsa'), '/dev/zero'],
    folder,
  };
  const learned = await page.evaluate(async ({ texts, paths, folder }) => {
    // biome-ignore lint/suspicious/noExplicitAny: the page as somebody has it who writes their own script.
    const api = (window as any).switchyard;
    const results: unknown[] = [];
    for (const on of Object.keys(api).filter((name) => name.startsWith('on')))
      api[on]((pushed: unknown) => results.push(pushed));
    const revision = async () => (await api.watch()).config.revision;
    const attempt = async (call: () => Promise<unknown>) => {
      results.push(await call().catch((error) => String(error)));
    };
    for (const text of texts) {
      await attempt(async () => api.applyConfig({ text, revision: await revision() }));
      await attempt(async () => api.allowCommands({ revision: await revision() }));
      await attempt(async () => api.startOwn({ text }));
      await attempt(async () => api.allowCommands({ revision: await revision() }));
      await attempt(async () => api.scaleCommand({ pool: 'default', command: 'evil', instances: 3 }));
      await attempt(async () => api.actOnProcess({ pool: 'default', backend: 'evil-1', action: 'start' }));
      await attempt(async () => api.stepConfig({ direction: 'undo', revision: await revision() }));
      await attempt(async () => api.stepConfig({ direction: 'redo', revision: await revision() }));
      await attempt(async () => api.allowCommands({ revision: await revision() }));
    }
    const address = texts[1]?.match(/0\.0\.0\.0:\d+/)?.[0];
    await attempt(async () =>
      api.editConfig({
        edit: { kind: 'add-listener', address, defaultPool: 'default' },
        revision: await revision(),
      }),
    );
    for (const path of paths) {
      await attempt(() => api.openConfig({ path }));
      await attempt(() => api.saveImport({ path }));
      await attempt(() => api.changeSettings({ configAtLaunch: path }));
      await attempt(() => api.openDroppedFile(path));
      await attempt(() => api.openDroppedFile(new File(['x'], path)));
      await attempt(() => api.openDroppedFile({ path, name: path }));
    }
    await attempt(() => api.changeSettings({ isControlOn: true, controlAddress: '127.0.0.1:0' }));
    await attempt(() => api.changeSettings({ launchAtLogin: true }));
    await attempt(() => api.copyToken({ form: 'token' }));
    await attempt(() => api.renewToken());
    await attempt(() => api.settings());
    await attempt(() => api.openUrl({ url: `file://${folder}` }));
    return JSON.stringify(results);
  }, attack);

  expect(existsSync(touched)).toBe(false);
  expect(await isListening(port)).toBe(false);
  expect(learned).not.toContain('of-somebody-else');
  expect(learned).not.toContain('root:');
  expect(learned).not.toMatch(/"token"/);
  const settings = await page.evaluate('window.switchyard.settings()');
  expect(settings).toMatchObject({
    settings: { isControlOn: false, configAtLaunch: null },
    launchAtLogin: { isOn: false },
    control: { kind: 'off' },
  });
  const dialogs = await shownDialogs(app);
  expect(new Set(dialogs.map(({ message }) => message))).toEqual(
    new Set(['Run the commands of this config?', 'Let other machines in?', 'Turn the control API on?']),
  );
  expect(dialogs.find(({ message }) => message.startsWith('Run'))?.detail).toContain(
    `touch ${touched}; sleep 60`,
  );
});

it('a file that opens to the network is on it after a yes, and not before', async () => {
  const { app, page } = await start([]);
  await page.getByText('5 of 5 up').waitFor();
  const port = await freePort();
  const path = write('shared.json', { port: `0.0.0.0:${port}`, servers: ['http://localhost:1'] });
  await app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen] });
  }, path);
  const address = ownAddress();
  const open = async () => {
    await page.getByRole('button', { name: 'Config', exact: true }).click();
    await page.getByRole('button', { name: 'File', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Open…' }).click();
  };
  await open();
  await page.getByText(`${path} was not applied, because you did not allow what it does.`).waitFor();
  expect(await isListening(port)).toBe(false);
  expect(await shownDialogs(app)).toMatchObject([
    { message: 'Use this config?', buttons: ['Cancel', 'Use It'] },
  ]);
  await willPress(app, 'Use It');
  await open();
  await until('it listens', () => isListening(port));
  if (address !== null) expect(await isReachable(address, port)).toBe(true);
});

it('a file that Switchyard is started with waits for a yes in the window, and is used once there is one', async () => {
  folder = mkdtempSync(join(tmpdir(), 'switchyard-consent-'));
  stops.push(() => rmSync(folder, { recursive: true, force: true }));
  const port = await freePort();
  const path = write('shared.json', { port: `0.0.0.0:${port}`, servers: ['http://localhost:1'] });
  const profile = join(folder, 'profile');
  const first = await launch('built', ['--config', path], { profile });
  await first.page
    .getByText(/you did not allow what it does/)
    .first()
    .waitFor();
  expect(await isListening(port)).toBe(false);
  await first.close();
  for (const press of [['Use It'], []]) {
    const next = await launch('built', ['--config', path], { profile, press });
    await until('it listens', () => isListening(port));
    await next.page.getByText('reachable from the network').waitFor();
    expect(await shownDialogs(next.app)).toHaveLength(press.length);
    await next.close();
  }
});
