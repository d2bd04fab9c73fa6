import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { createConfigDesk } from '../../electron/desktop/app-config-desk.ts';
import { SwitchyardApp } from '../../electron/desktop/switchyard-app.ts';
import { Human } from '../support/human.ts';
import { processesWith } from '../support/processes.ts';
import { buildThreads, type Threads } from '../support/threads.ts';
import { until } from '../support/until.ts';

let threads: Threads;
let folder: string;
let human: Human;
let app: SwitchyardApp;
let mark: string;
/** Made by the command that nobody has allowed. */
let touched: string;

beforeAll(async () => {
  threads = await buildThreads();
});

/** The app runs one command, which was allowed; from then on the person says no. */
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'switchyard-'));
  mark = crypto.randomUUID();
  touched = join(folder, 'touched');
  human = new Human('yes-and-run');
  for (const name of ['good', 'bad']) await mkdir(join(folder, name));
  await symlink('good', join(folder, 'api'));
  open();
  await app.start(await write('shared.json', textWith(good())));
  await until('the allowed command runs', () => app.config.document.fileIssues.length === 0);
  expect(running()).toEqual(['good']);
  human.answer = 'no';
});

afterEach(async () => {
  await app.stop();
  await rm(folder, { recursive: true });
  expect(processesWith(`SWITCHYARD_TEST_MARK=${mark}`)).toEqual([]);
});

/** As after a start, over what earlier ones have left on disk. */
function open(): void {
  app = new SwitchyardApp({
    spawnEngine: () => threads.spawnEngine(),
    spawnDemo: () => threads.spawnDemo(),
    spawnTraffic: (job) => threads.spawnTraffic(job),
    findTarget: () => null,
    onEvent: () => undefined,
    onNews: () => undefined,
    onActed: () => undefined,
    defaultConfigPath: join(folder, 'own', 'config.json'),
    certificateFolder: join(folder, 'tls'),
    trustPath: join(folder, 'allowed-commands.json'),
    consentPath: join(folder, 'allowed-configs.json'),
    askUser: human.ask,
    recentPath: join(folder, 'recent-files.json'),
    version: '1',
  });
}

const good = (changes: object = {}) => ({
  command: 'sleep 600',
  name: 'good',
  cwd: 'api',
  env: { SWITCHYARD_TEST_MARK: mark },
  ...changes,
});
const evil = (changes: object = {}) => ({
  command: `touch ${touched}; sleep 600`,
  name: 'evil',
  env: { SWITCHYARD_TEST_MARK: mark },
  ...changes,
});
const textWith = (...servers: readonly object[]) => JSON.stringify({ port: '127.0.0.1:0', servers });

async function write(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

/** Names of the commands that Switchyard runs. */
const running = () => app.processes.commands.map(({ name }) => name);
async function apply(text: string): Promise<void> {
  const applied = await app.config.apply(text, app.config.document.revision);
  expect(applied).toMatchObject({ ok: true });
}

/** Each tries to run another command than the one that was allowed, or that one elsewhere. */
const WAYS: readonly (readonly [string, () => Promise<unknown>])[] = [
  [
    'another command, other words, another folder, a variable more, another value',
    async () => {
      const texts = [
        textWith(good(), evil()),
        textWith(evil({ name: 'good' })),
        textWith(good({ name: 'evil', cwd: 'bad' })),
        textWith(good({ name: 'evil', env: { SWITCHYARD_TEST_MARK: mark, A: 'b' } })),
        textWith(good({ name: 'evil', env: { SWITCHYARD_TEST_MARK: '' } })),
      ];
      for (const text of texts) {
        await apply(text);
        expect(app.config.document.toAllow).toHaveLength(1);
        expect(running().filter((name) => name !== 'good')).toEqual([]);
      }
    },
  ],
  [
    'a link to another folder',
    async () => {
      await symlink('bad', join(folder, 'link'));
      return apply(textWith(good({ name: 'evil', cwd: 'link' })));
    },
  ],
  [
    'the allowed folder as a link that leads elsewhere now',
    async () => {
      await rm(join(folder, 'api'));
      await symlink('bad', join(folder, 'api'));
      return apply(textWith(good({ name: 'evil' })));
    },
  ],
  [
    'the file in another folder, dropped or opened',
    async () => {
      await mkdir(join(folder, 'bad', 'api'));
      const copy = join(folder, 'bad', 'evil.json');
      await copyFile(join(folder, 'shared.json'), copy);
      await writeFile(copy, textWith(good({ name: 'evil' })));
      expect(await app.imports.open(copy)).toMatchObject({ ok: false, error: { code: 'not-applied' } });
    },
  ],
  ['a second launch with another file', async () => app.openFile(await write('evil.json', textWith(evil())))],
  [
    'a program that has the control token',
    () => createConfigDesk(app.config).replace(textWith(evil()), null),
  ],
  [
    'a change of the file on disk',
    async () => {
      const text = textWith(good(), evil());
      await write('shared.json', text);
      await until('it was read', () => app.config.document.text === text);
    },
  ],
  [
    'undo and redo',
    async () => {
      await apply(textWith(evil()));
      await apply(textWith(good()));
      for (const direction of ['undo', 'redo', 'redo', 'undo'] as const)
        await app.config.step(direction, app.config.document.revision);
    },
  ],
  [
    'a config of one’s own, saved as another file',
    async () => {
      expect(await app.config.startOwn(textWith(evil()))).toMatchObject({ ok: true });
      return app.config.saveAs(join(folder, 'new.json'), textWith(evil()), app.config.document.revision);
    },
  ],
  [
    'another program’s file that is imported',
    async () => {
      const source = await write('Procfile', `evil: touch ${touched}; sleep 600`);
      await app.imports.open(source);
      const saved = await app.imports.save(source, join(folder, 'imported.json'));
      expect(saved).toMatchObject({ ok: false, error: { code: 'not-applied' } });
    },
  ],
  [
    'more instances of it, and a start of one',
    async () => {
      await apply(textWith(good(), evil()));
      await app.scaleCommand('default', 'evil', 3);
      await app.actOnProcess({ pool: 'default', backend: 'evil-1' }, 'start');
    },
  ],
  [
    'a review that is answered no',
    async () => {
      await apply(textWith(good(), evil()));
      await app.config.allowCommands(app.config.document.revision);
      await app.config.refresh();
    },
  ],
  [
    'a restart',
    async () => {
      const path = await write('evil.json', textWith(evil()));
      await app.stop();
      open();
      await app.start(path);
      await until(
        'it was asked about',
        () => app.config.document.fileIssues[0]?.message.includes('did not') ?? false,
      );
    },
  ],
];

it.each(WAYS)('no way round the question: %s', async (_, attempt) => {
  await attempt();
  expect(running().filter((name) => name !== 'good')).toEqual([]);
  expect(existsSync(touched)).toBe(false);
});

it('what was shown may run, and no more, when the config changes while the question is open', async () => {
  await apply(textWith(good(), evil({ name: 'shown', command: 'sleep 601' })));
  human.answer = 'yes-and-run';
  const asked = app.config.allowCommands(app.config.document.revision);
  await apply(textWith(good(), evil()));
  await asked;
  await app.config.refresh();
  expect(running()).not.toContain('evil');
  expect(app.config.document.toAllow).toMatchObject([{ name: 'evil' }]);
  expect(existsSync(touched)).toBe(false);
});

it('the allowed command under another name, in another pool, runs without a question', async () => {
  const asked = human.requests.length;
  await apply(
    JSON.stringify({
      listeners: [{ address: '127.0.0.1:0', defaultPool: 'other' }],
      pools: { other: { servers: [good({ name: 'renamed' })] } },
    }),
  );
  expect(app.config.document.toAllow).toEqual([]);
  await until('it runs', () => running().join() === 'renamed');
  expect(human.requests).toHaveLength(asked);
});
