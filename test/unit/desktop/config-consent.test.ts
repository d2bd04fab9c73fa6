import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CommandTrust } from '../../../electron/desktop/command-trust.ts';
import { ConfigConsent } from '../../../electron/desktop/config-consent.ts';
import { ConfigService } from '../../../electron/desktop/config-service.ts';
import type { AskUser, ConfigRequest, ConsentAnswer } from '../../../electron/desktop/consent-request.ts';
import { ok } from '../../../shared/calls/result.ts';
import { Human } from '../../support/human.ts';

const LOCAL = '{ "port": "127.0.0.1:8080", "servers": ["http://localhost:5001"] }';
const OPEN = '{ "port": "0.0.0.0:8999", "servers": ["http://localhost:5001"] }';
const ELSEWHERE = '{ "port": "127.0.0.1:8080", "servers": ["http://10.0.0.5"] }';
const RUNS = '{ "port": "127.0.0.1:8080", "servers": [{ "command": "npm start", "name": "a" }] }';

let folder: string;
let human: Human;
let service: ConfigService;
/** Listeners and backends of each config put in force. */
let applied: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'switchyard-'));
  human = new Human();
  start();
});
afterEach(async () => {
  await service.stop();
  await rm(folder, { recursive: true });
});

/** As after a start of the app. */
function start(ask: AskUser = human.ask): void {
  applied = [];
  const trust = new CommandTrust(join(folder, 'allowed-commands.json'));
  service = new ConfigService({
    trust,
    consent: new ConfigConsent({ trust, path: join(folder, 'allowed-configs.json'), ask }),
    apply: async (config, how) => {
      const allowed = await trust.allowedOnly(config, how.folder);
      const listeners = config.listeners.map(({ name }) => name);
      const backends = allowed.pools.flatMap((pool) => [
        ...pool.backends.map(({ name }) => name),
        ...pool.commands.map(({ command }) => `runs ${command}`),
      ]);
      applied.push([...listeners, ...backends].join(' '));
      return ok(null);
    },
    onChange: () => undefined,
    onOpened: () => undefined,
    startDemo: async () => ({
      configText: '{ "port": "127.0.0.1:0", "servers": ["http://127.0.0.1:4001"] }',
      urls: ['http://127.0.0.1:4001'],
      port: 8080,
      wantedPort: 8080,
      stop: async () => undefined,
    }),
    notify: () => undefined,
    certificateFolder: join(folder, 'tls'),
    defaultPath: join(folder, 'own', 'config.json'),
  });
}

async function fileWith(text: string, name = 'shared.json'): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}
const until = (check: () => void) => vi.waitFor(check, { timeout: 5_000, interval: 10 });
const reaches = () => human.requests.flatMap((one) => (one.kind === 'config' ? [one.reach] : []));

describe('a file that was not seen before', () => {
  beforeEach(async () => {
    await service.start(await fileWith(LOCAL, 'mine.json'));
    applied = [];
  });

  it('opens without a question where it only balances on loopback', async () => {
    expect(await service.open(await fileWith(LOCAL))).toMatchObject({ ok: true });
    expect(human.requests).toEqual([]);
    expect(existsSync(join(folder, 'allowed-configs.json'))).toBe(false);
  });

  it.each([
    ['opens to the network', OPEN],
    ['asks another machine', ELSEWHERE],
    ['runs a command', RUNS],
    [
      'reads a file',
      '{ "listeners": [{ "address": "127.0.0.1:0", "defaultPool": "p", "tls": { "cert": "/dev/zero", "key": "k" } }], "pools": { "p": { "servers": ["http://localhost:1"] } } }',
    ],
  ])('that %s changes nothing before a yes', async (_what, text) => {
    const path = await fileWith(text);
    const before = service.document;
    expect(await service.open(path)).toEqual({
      ok: false,
      error: {
        code: 'not-applied',
        message: `${path} was not applied, because you did not allow what it does.`,
      },
    });
    expect(human.requests).toMatchObject([{ kind: 'config', occasion: 'opened', path }]);
    expect(applied).toEqual([]);
    expect(service.document).toEqual(before);
  });

  it('that does all of it has one question', async () => {
    const text = `{ "listeners": [{ "address": "0.0.0.0:1", "defaultPool": "p", "tls": { "cert": "c.pem", "key": "k.pem" } }],
      "pools": { "p": { "servers": ["http://10.0.0.5", { "command": "npm start" }] } } }`;
    await service.open(await fileWith(text));
    expect(human.requests).toMatchObject([
      {
        reach: {
          opens: [{ address: '0.0.0.0:1', backends: ['http://10.0.0.5', 'http://localhost:{port}'] }],
          asks: ['http://10.0.0.5'],
          reads: [join(folder, 'c.pem'), join(folder, 'k.pem')],
        },
        commands: [{ command: 'npm start', cwd: folder }],
      },
    ]);
  });

  it('that was allowed once is not asked about again, also after a restart, also as a copy', async () => {
    human.answer = 'yes';
    const path = await fileWith(OPEN);
    expect(await service.open(path)).toMatchObject({ ok: true, value: { path } });
    expect(applied).toEqual(['0.0.0.0:8999 localhost:5001']);
    await service.stop();
    start();
    await service.start(path);
    await service.open(await fileWith(`// a comment more\n${OPEN}`, 'copy.json'));
    expect(human.requests).toHaveLength(1);
    expect((await stat(join(folder, 'allowed-configs.json'))).mode & 0o077).toBe(0);
  });

  it('is asked about again when what matters has changed', async () => {
    human.answer = 'yes';
    await service.open(await fileWith(OPEN));
    await service.open(await fileWith(LOCAL, 'other.json'));
    await service.open(await fileWith(OPEN.replace('localhost:5001', 'localhost:22')));
    await service.open(await fileWith(OPEN.replace('8999', '8998')));
    expect(human.requests).toHaveLength(3);
  });

  it('may be used without its commands, which stay unasked until they are reviewed', async () => {
    human.answer = 'yes';
    const path = await fileWith(RUNS);
    expect(await service.open(path)).toMatchObject({
      ok: true,
      value: { toAllow: [{ command: 'npm start' }] },
    });
    expect(applied).toEqual(['127.0.0.1:8080']);
    await service.open(path);
    expect(human.requests).toHaveLength(1);
  });

  it('may be used with its commands by one yes', async () => {
    human.answer = 'yes-and-run';
    expect(await service.open(await fileWith(RUNS))).toMatchObject({ ok: true, value: { toAllow: [] } });
    expect(applied).toEqual(['127.0.0.1:8080 runs npm start']);
    expect(human.requests).toHaveLength(1);
  });

  it('that changes while the question is open is asked about as it is then', async () => {
    const path = await fileWith(ELSEWHERE);
    const answers: ConsentAnswer[] = ['yes', 'no'];
    const asked: ConfigRequest[] = [];
    await service.stop();
    start(async (request) => {
      if (request.kind === 'config') asked.push(request);
      await writeFile(path, OPEN);
      return answers.shift() ?? 'no';
    });
    expect(await service.open(path)).toMatchObject({ ok: false });
    expect(asked.map(({ reach }) => reach.opens.length)).toEqual([0, 1]);
    expect(applied).toEqual([]);
  });

  it('keeps nobody else waiting while the question is open', async () => {
    const answered: ((answer: ConsentAnswer) => void)[] = [];
    await service.stop();
    start(() => new Promise((resolve) => answered.push(resolve)));
    await service.start(await fileWith(LOCAL, 'mine.json'));
    const opening = service.open(await fileWith(OPEN));
    const edit = { kind: 'add-server', pool: 'default', server: { url: 'http://localhost:5002' } } as const;
    expect(await service.edit(edit, service.document.revision)).toMatchObject({ ok: true });
    await until(() => expect(answered).toHaveLength(1));
    answered[0]?.('yes');
    expect(await opening).toMatchObject({ ok: true });
  });
});

describe('a file that Switchyard is started with', () => {
  it('is shown and does nothing until the user says yes', async () => {
    const answered: ((answer: ConsentAnswer) => void)[] = [];
    start(() => new Promise((resolve) => answered.push(resolve)));
    const path = await fileWith(OPEN);
    expect(await service.start(path)).toBeNull();
    expect(applied).toEqual([]);
    expect(service.document).toMatchObject({
      path,
      text: OPEN,
      fileIssues: [
        {
          message: expect.stringMatching(/^It waits for your answer in a dialog/),
        },
      ],
    });
    answered[0]?.('yes');
    await until(() => expect(applied).toEqual(['0.0.0.0:8999 localhost:5001']));
    await until(() => expect(service.document.fileIssues).toEqual([]));
  });

  it('stays away after a no, and says so; what the window makes of it is asked about as well', async () => {
    const path = await fileWith(ELSEWHERE);
    await service.start(path);
    const message = `${path} was not applied, because you did not allow what it does.`;
    await until(() => expect(service.document.fileIssues).toMatchObject([{ message }]));
    expect(await service.apply(ELSEWHERE, service.document.revision)).toMatchObject({ ok: false });
    expect(human.requests).toHaveLength(2);
    expect(applied).toEqual([]);
  });
});

describe('the open file, changed on disk', () => {
  let path: string;
  beforeEach(async () => {
    path = await fileWith(LOCAL);
    await service.start(path);
    await until(() => expect(applied).toHaveLength(1));
    applied = [];
  });

  it.each([
    ['opens to the network', OPEN],
    ['asks another machine', ELSEWHERE],
  ])('that %s now is not in force before a yes', async (_what, text) => {
    await writeFile(path, text);
    await until(() => expect(service.document.fileIssues[0]?.message).toContain('you did not allow'));
    expect(human.requests).toMatchObject([{ occasion: 'changed-on-disk', path }]);
    expect(service.document).toMatchObject({ text: LOCAL, fileText: text });
    expect(applied).toEqual([]);
    human.answer = 'yes';
    expect(await service.reload()).toMatchObject({ ok: true, value: { text, fileIssues: [] } });
  });

  it('is in force at once where nothing of it matters, and commands alone wait by themselves', async () => {
    await writeFile(path, LOCAL.replace('5001', '5002'));
    await until(() => expect(applied).toEqual(['127.0.0.1:8080 localhost:5002']));
    await writeFile(path, RUNS);
    await until(() => expect(service.document.toAllow).toMatchObject([{ command: 'npm start' }]));
    expect(human.requests).toEqual([]);
  });

  it('shows only what is new', async () => {
    human.answer = 'yes';
    await writeFile(path, ELSEWHERE);
    await until(() => expect(service.document.text).toBe(ELSEWHERE));
    const more = ELSEWHERE.replace('"http://10.0.0.5"', '"http://10.0.0.5", "http://10.0.0.6"');
    await writeFile(path, more);
    await until(() => expect(service.document.text).toBe(more));
    expect(reaches().map(({ asks }) => asks)).toEqual([['http://10.0.0.5'], ['http://10.0.0.6']]);
  });
});

describe('a change in the window', () => {
  beforeEach(async () => {
    await service.start(await fileWith(LOCAL));
    await until(() => expect(applied).toHaveLength(1));
  });
  const setAddress = (address: string) =>
    service.edit(
      {
        kind: 'set-address',
        listener: service.document.text.includes('0.0.0.0') ? '0.0.0.0:8999' : '127.0.0.1:8080',
        address,
      },
      service.document.revision,
    );

  it('that lets other machines in is asked about once', async () => {
    expect(await setAddress('0.0.0.0:8999')).toMatchObject({ ok: false, error: { code: 'not-applied' } });
    human.answer = 'yes';
    expect(await setAddress('0.0.0.0:8999')).toMatchObject({ ok: true });
    expect(human.requests).toMatchObject([{ occasion: 'edited' }, { occasion: 'edited' }]);
    human.answer = 'no';
    expect(await setAddress('127.0.0.1:8080')).toMatchObject({ ok: true });
    expect(await service.step('redo', service.document.revision)).toMatchObject({ ok: true });
    const path = service.document.path ?? '';
    await service.stop();
    start();
    await service.start(path);
    expect(applied).toEqual(['0.0.0.0:8999 localhost:5001']);
    expect(human.requests).toHaveLength(2);
  });

  it('that names another machine is what the user has typed', async () => {
    const server = { url: 'http://10.0.0.5' };
    const added = await service.edit(
      { kind: 'add-server', pool: 'default', server },
      service.document.revision,
    );
    expect(added).toMatchObject({ ok: true });
    const path = service.document.path ?? '';
    await service.stop();
    start();
    await service.start(path);
    expect(applied).toEqual(['127.0.0.1:8080 localhost:5001 10.0.0.5']);
    expect(human.requests).toEqual([]);
  });
});

describe('what is made of another program’s file', () => {
  it('is written and in force after a yes', async () => {
    await service.start(null);
    const target = join(folder, 'new.json');
    expect(await service.create(target, ELSEWHERE)).toMatchObject({ ok: false });
    expect(existsSync(target)).toBe(false);
    human.answer = 'yes';
    expect(await service.create(target, ELSEWHERE)).toMatchObject({ ok: true, value: { path: target } });
    expect(await readFile(target, 'utf8')).toBe(ELSEWHERE);
  });
});
