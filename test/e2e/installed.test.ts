import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { createPackage, extractAll } from '@electron/asar';
import { _electron, type ElectronApplication } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../support/until.ts';
import { firstPage, machineSwitches, packagedBinary } from './support/launch.ts';

const RELEASE = '1.0.0';
const NEW = '#!/bin/sh\nexit 0\n# the new version\n';

/** Its version alone makes it a release. */
async function asRelease(archive: string, folder: string): Promise<void> {
  extractAll(archive, folder);
  const path = join(folder, 'package.json');
  const manifest = JSON.parse(readFileSync(path, 'utf8'));
  writeFileSync(path, JSON.stringify({ ...manifest, version: RELEASE }));
  await createPackage(folder, archive);
}

/** A release as an AppImage would run it: what the file is called stands in the environment. */
describe.skipIf(process.platform !== 'linux')('the app as a release that updates itself', () => {
  let folder: string;
  let image: string;
  let server: Server;
  let app: ElectronApplication;
  const asked: string[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'switchyard-installed-'));
    image = join(folder, 'Switchyard.AppImage');
    writeFileSync(image, '#!/bin/sh\necho "$@"\n');
    chmodSync(image, 0o755);
    const sha512 = createHash('sha512').update(NEW).digest('base64');
    const release = `version: 99.0.0\nfiles:\n  - url: new.AppImage\n    sha512: ${sha512}\n    size: ${NEW.length}\n`;
    server = createServer(({ url = '' }, response) => {
      asked.push(url.split('?', 1)[0] ?? '');
      response.end(url.includes('.yml') ? release : NEW);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;

    const built = packagedBinary();
    const copy = join(folder, 'app');
    cpSync(dirname(built), copy, { recursive: true });
    const resources = join(copy, 'resources');
    await asRelease(join(resources, 'app.asar'), join(folder, 'archive'));
    writeFileSync(
      join(resources, 'app-update.yml'),
      `provider: generic\nurl: http://127.0.0.1:${port}/\nupdaterCacheDirName: switchyard-updater\n`,
    );
    const home = join(folder, 'home');
    mkdirSync(join(home, '.local/bin'), { recursive: true });
    app = await _electron.launch({
      executablePath: join(copy, basename(built)),
      args: [...machineSwitches(), `--user-data-dir=${join(folder, 'profile')}`],
      env: {
        ...process.env,
        APPIMAGE: image,
        HOME: home,
        XDG_CACHE_HOME: join(folder, 'cache'),
        PATH: `${process.env['PATH']}:${join(home, '.local/bin')}`,
      },
    });
    await (await firstPage(app)).getByRole('navigation').waitFor();
  });
  afterAll(async () => {
    await app.close().catch(() => undefined);
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  });

  /** Presses an item of the help menu, answers every question with its first button, and tells what was said. */
  async function press(label: string, boxes: number): Promise<string[]> {
    await app.evaluate(({ dialog, Menu }, wanted) => {
      const said: string[] = [];
      Reflect.set(globalThis, 'said', said);
      Reflect.set(dialog, 'showMessageBox', async (...args: unknown[]) => {
        const { message, detail = '' } = Object(args.at(-1));
        said.push(`${message} ${detail}`.trim());
        return { response: 0, checkboxChecked: false };
      });
      const items = Menu.getApplicationMenu()?.items.flatMap(({ submenu }) => submenu?.items ?? []) ?? [];
      items.find((one) => one.label === wanted)?.click();
    }, label);
    const heard = () => app.evaluate(() => Reflect.get(globalThis, 'said') as string[]);
    await until('the app has said it', async () => (await heard()).length === boxes, 30_000);
    return heard();
  }

  it('says which version it is', async () => {
    expect(await app.evaluate(({ app: running }) => running.getVersion())).toBe(RELEASE);
  });

  it('puts its command on the path, which calls the file that it is', async () => {
    const path = join(folder, 'home/.local/bin/switchyard');
    expect(await press('Install the “switchyard” command…', 2)).toEqual([
      `Install the “switchyard” command? It runs this app’s engine in a terminal, without a window. A small script is written to ${path}.`,
      'The “switchyard” command is installed. In a terminal, try: switchyard --help',
    ]);
    expect(execFileSync(path, ['--help'], { encoding: 'utf8' })).toMatch(/ --cli -- --help\n$/);
  });

  it('finds and fetches a newer release, over Electron’s own network, when it is asked to', async () => {
    expect(await press('Check for updates…', 1)).toEqual([
      'Switchyard 99.0.0 has arrived. It is installed when you quit.',
    ]);
    expect(asked).toEqual(['/latest-linux.yml', '/new.AppImage']);
    expect(readFileSync(image, 'utf8')).not.toBe(NEW);
  });

  it('is replaced by it when it quits', async () => {
    await app.close();
    await until('the file is the new one', () => readFileSync(image, 'utf8') === NEW, 10_000);
  });
});
