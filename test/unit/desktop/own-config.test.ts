import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ConfigConsent } from '../../../electron/desktop/config-consent.ts';
import { ConfigService } from '../../../electron/desktop/config-service.ts';
import { fail, ok } from '../../../shared/calls/result.ts';
import { Human } from '../../support/human.ts';

const text = (port: number) => `{ "servers": ["http://localhost:${port}"] }`;

let folder: string;
let defaultPath: string;
let service: ConfigService;
let refusal: string | null;
let demos: number;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'switchyard-'));
  defaultPath = join(folder, 'config.json');
  [refusal, demos] = [null, 0];
  const trust = { toAllow: async () => [], allow: async () => undefined };
  service = new ConfigService({
    trust,
    consent: new ConfigConsent({ trust, path: join(folder, 'allowed-configs.json'), ask: new Human().ask }),
    apply: async () => (refusal === null ? ok(null) : fail({ message: refusal })),
    onChange: () => undefined,
    notify: () => undefined,
    certificateFolder: join(folder, 'tls'),
    onOpened: () => undefined,
    startDemo: async () => {
      demos++;
      const stop = async () => void demos--;
      return { configText: text(4001), urls: ['http://localhost:4001'], port: 8080, wantedPort: 8080, stop };
    },
    defaultPath,
  });
});

afterEach(async () => {
  await service.stop();
  await rm(folder, { recursive: true });
});

it('gives way to the demo, and stays in its file', async () => {
  await writeFile(defaultPath, text(5001));
  await service.start(null);
  expect(await service.useDemo()).toMatchObject({
    ok: true,
    value: { isDemo: true, path: null, text: text(4001) },
  });
  expect(demos).toBe(1);
  expect(await service.useDemo()).toMatchObject({ ok: true, value: { isDemo: true } });
  expect(demos).toBe(1);
  expect(await readFile(defaultPath, 'utf8')).toBe(text(5001));
  expect(await service.open(defaultPath)).toMatchObject({
    ok: true,
    value: { isDemo: false, path: defaultPath },
  });
  await service.stop();
  expect(demos).toBe(0);
});

it('stays in force when the demo cannot be', async () => {
  await writeFile(defaultPath, text(5001));
  await service.start(null);
  refusal = 'The engine is away.';
  expect(await service.useDemo()).toMatchObject({ ok: false, error: { message: 'The engine is away.' } });
  expect(service.document).toMatchObject({ isDemo: false, path: defaultPath, text: text(5001) });
  expect(demos).toBe(0);
});

it('begins anew from a file that cannot be used, which is kept aside', async () => {
  await writeFile(defaultPath, 'not JSON');
  await writeFile(join(folder, 'config-1.json'), 'older');
  await service.start(null);
  expect(await service.startOwn(text(5001))).toMatchObject({
    ok: true,
    value: { path: defaultPath, fileIssues: [] },
  });
  expect(await readFile(defaultPath, 'utf8')).toBe(text(5001));
  expect(await readFile(join(folder, 'config-2.json'), 'utf8')).toBe('not JSON');
  expect(await readFile(join(folder, 'config-1.json'), 'utf8')).toBe('older');
});

it('leaves the demo for a file of its own without losing an earlier one', async () => {
  await writeFile(defaultPath, text(5001));
  await service.start(null);
  await service.useDemo();
  const { revision } = service.document;
  expect(await service.apply(text(5002), revision)).toMatchObject({ ok: true, value: { path: defaultPath } });
  expect(await readFile(join(folder, 'config-1.json'), 'utf8')).toBe(text(5001));
  expect(await readFile(defaultPath, 'utf8')).toBe(text(5002));
});

it('moves nothing when the new one cannot be applied', async () => {
  await writeFile(defaultPath, 'not JSON');
  await service.start(null);
  refusal = 'Port 8080 is taken.';
  expect(await service.startOwn(text(5001))).toMatchObject({ ok: false, error: { code: 'not-applied' } });
  expect(await readdir(folder)).toEqual(['config.json']);
  expect(await readFile(defaultPath, 'utf8')).toBe('not JSON');
});
