import { createHash } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, request, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DownloadOptions, HttpExecutor } from 'builder-util-runtime';
import { AppImageUpdater } from 'electron-updater';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Updates } from '../../electron/desktop/updates.ts';

/** A new AppImage, as far as the updater can tell: it is run once when it has been put in place. */
const NEW = '#!/bin/sh\nexit 0\n# the new version\n';
const OLD = '#!/bin/sh\nexit 0\n# the old version\n';

/** Node's own requests in place of Electron's. */
class NodeExecutor extends HttpExecutor<ReturnType<typeof request>> {
  override createRequest(options: object, callback: (response: unknown) => void) {
    return request(options, callback);
  }

  download(url: URL, destination: string, options: DownloadOptions): Promise<string> {
    return options.cancellationToken.createPromise((resolve, reject, onCancel) => {
      const { hostname, port, pathname } = url;
      const callback = (error: Error | null) => (error ? reject(error) : resolve(destination));
      const wanted = { destination, options, onCancel, callback, responseHandler: null };
      this.doDownload({ protocol: 'http:', hostname, port, path: pathname }, wanted, 0);
    });
  }
}

let folder: string;
let server: Server;
let asked: { path: string; headers: IncomingHttpHeaders }[];
let files: Record<string, string>;
let quit: (code: number) => void;

const image = () => join(folder, 'Switchyard.AppImage');
const release = (version: string) => {
  const sha512 = createHash('sha512').update(NEW).digest('base64');
  const name = `Switchyard-${version}.AppImage`;
  return `version: ${version}\nfiles:\n  - url: ${name}\n    sha512: ${sha512}\n    size: ${NEW.length}\npath: ${name}\nsha512: ${sha512}\n`;
};

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'switchyard-updates-'));
  asked = [];
  files = {};
  quit = () => undefined;
  writeFileSync(image(), OLD);
  chmodSync(image(), 0o755);
  server = createServer(({ url = '', headers }, response) => {
    const path = url.split('?', 1)[0] ?? '';
    asked.push({ path, headers });
    const text = files[path];
    response.writeHead(text === undefined ? 404 : 200).end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  vi.stubEnv('APPIMAGE', image());
});
afterEach(() => {
  vi.unstubAllEnvs();
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true });
});

function updatesOf(version: string, channel: 'latest' | 'beta' = 'latest'): Updates {
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  writeFileSync(
    join(folder, 'app-update.yml'),
    `provider: generic\nurl: http://127.0.0.1:${port}/\nupdaterCacheDirName: cache\n`,
  );
  const createUpdater = async () => {
    const updater = new AppImageUpdater(null, {
      version,
      name: 'switchyard',
      isPackaged: true,
      appUpdateConfigPath: join(folder, 'app-update.yml'),
      userDataPath: folder,
      baseCachePath: folder,
      whenReady: async () => undefined,
      relaunch: () => undefined,
      quit: () => undefined,
      onQuit: (handler: typeof quit) => {
        quit = handler;
      },
    });
    return Object.assign(updater, { httpExecutor: new NodeExecutor() });
  };
  return new Updates({
    createUpdater,
    channel: () => channel,
    onReady: () => undefined,
    after: () => () => undefined,
  });
}

describe.skipIf(process.platform !== 'linux')('an AppImage', () => {
  it('fetches a newer release, and is replaced by it when the app quits', async () => {
    files['/latest-linux.yml'] = release('1.1.0');
    files['/Switchyard-1.1.0.AppImage'] = NEW;
    expect(await updatesOf('1.0.0').look()).toEqual({ kind: 'ready', version: '1.1.0' });
    expect(readFileSync(image(), 'utf8')).toBe(OLD);
    quit(0);
    expect(readFileSync(image(), 'utf8')).toBe(NEW);
  });

  it('stays when there is nothing newer, and does not go back to an older one', async () => {
    files['/latest-linux.yml'] = release('1.0.0');
    expect(await updatesOf('1.0.0').look()).toEqual({ kind: 'current' });
    expect(await updatesOf('1.1.0-beta.1').look()).toEqual({ kind: 'current' });
  });

  it('asks for the channel that is set', async () => {
    files['/beta-linux.yml'] = release('1.1.0-beta.2');
    files['/Switchyard-1.1.0-beta.2.AppImage'] = NEW;
    expect(await updatesOf('1.0.0', 'beta').look()).toEqual({ kind: 'ready', version: '1.1.0-beta.2' });
    expect(asked[0]?.path).toBe('/beta-linux.yml');
  });

  it('takes nothing that is not what the release says', async () => {
    files['/latest-linux.yml'] = release('1.1.0');
    files['/Switchyard-1.1.0.AppImage'] = NEW.replace('new', 'bad');
    expect(await updatesOf('1.0.0').look()).toMatchObject({
      kind: 'failed',
      reason: expect.stringContaining('sha512 checksum mismatch'),
    });
    quit(0);
    expect(readFileSync(image(), 'utf8')).toBe(OLD);
  });

  it('says why it could not look', async () => {
    const look = await updatesOf('1.0.0').look();
    expect(look).toMatchObject({ kind: 'failed', reason: expect.stringContaining('latest-linux.yml') });
  });

  it('sends nothing that tells one machine from another', async () => {
    files['/latest-linux.yml'] = release('1.0.0');
    await updatesOf('1.0.0').look();
    expect(asked).toHaveLength(1);
    expect(asked[0]?.headers['x-user-staging-id']).toBe('');
    expect(Object.keys(asked[0]?.headers ?? {}).sort()).toEqual([
      'cache-control',
      'connection',
      'host',
      'user-agent',
      'x-user-staging-id',
    ]);
  });
});
