import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ConfigConsent } from '../../../electron/desktop/config-consent.ts';
import { ConfigService } from '../../../electron/desktop/config-service.ts';
import type { Demo } from '../../../electron/services/demo/demo-backends.ts';
import { fail, ok, type Result } from '../../../shared/calls/result.ts';
import type { CommandToAllow, ConfigDocument } from '../../../shared/config/config-document.ts';
import { Human } from '../../support/human.ts';

const text = (...ports: readonly number[]) =>
  `{\n  // mine\n  "servers": [${ports.map((port) => `"http://localhost:${port}"`).join(', ')}]\n}\n`;
const DEMO_URL = 'http://127.0.0.1:4001';

let folder: string;
let defaultPath: string;
let service: ConfigService;
/** The backends of each config put in force, in order, and how. */
let applied: string[];
let refusal: string | null;
let waiting: readonly CommandToAllow[];
let allowed: CommandToAllow[];
let human: Human;
let changes: ConfigDocument[];
let opened: string[];
let demo: { readonly value: Demo; readonly stop: ReturnType<typeof vi.fn> };

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'switchyard-'));
  defaultPath = join(folder, 'config.json');
  applied = [];
  refusal = null;
  [waiting, allowed] = [[], []];
  human = new Human();
  changes = [];
  opened = [];
  const stop = vi.fn(async () => undefined);
  demo = {
    stop,
    value: {
      configText: `{ "port": ":8081", "servers": ["${DEMO_URL}"] }`,
      urls: [DEMO_URL],
      port: 8081,
      wantedPort: 8080,
      stop,
    },
  };
  const trust = {
    toAllow: async () => waiting,
    allow: async (commands: readonly CommandToAllow[]) => void allowed.push(...commands),
  };
  service = new ConfigService({
    trust,
    consent: new ConfigConsent({ trust, path: join(folder, 'allowed-configs.json'), ask: human.ask }),
    apply: async (config, { keepGoing }): Promise<Result<null, { readonly message: string }>> => {
      if (refusal !== null) return fail({ message: refusal });
      const names = config.pools.flatMap(({ backends }) => backends.map(({ name }) => name));
      applied.push(`${names.join()}${keepGoing ? ' keep going' : ''}`);
      return ok(null);
    },
    onChange: (document) => changes.push(document),
    notify: () => undefined,
    certificateFolder: join(folder, 'tls'),
    onOpened: (path) => opened.push(path),
    startDemo: async () => demo.value,
    defaultPath,
  });
});

afterEach(async () => {
  await service.stop();
  await rm(folder, { recursive: true });
});

const fileWith = async (name: string, content: string) => {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
};
const until = (check: () => void) => vi.waitFor(check, { timeout: 5_000, interval: 10 });
/** Written again now and then: a change made before the watch on a file has begun is not seen. */
const untilSeen = (path: string, content: string, check: () => void) =>
  vi.waitFor(
    async () => {
      await writeFile(path, content);
      await vi.waitFor(check, { timeout: 400, interval: 10 });
    },
    { timeout: 4_500, interval: 10 },
  );
const addServer = (port: number) =>
  ({ kind: 'add-server', pool: 'default', server: { url: `http://localhost:${port}` } }) as const;

describe('at start', () => {
  it('a file that is named is opened, even with a listener that cannot be bound', async () => {
    const path = await fileWith('mine.json', text(5001));
    expect(await service.start(path)).toBeNull();
    expect(service.document).toEqual({
      text: text(5001),
      revision: 1,
      path,
      isDemo: false,
      fileIssues: [],
      toAllow: [],
    });
    expect(applied).toEqual(['localhost:5001 keep going']);
  });

  it('the user’s own file is opened when none is named', async () => {
    await fileWith('config.json', text(5002));
    await service.start(null);
    expect(service.document).toMatchObject({ path: defaultPath, isDemo: false });
  });

  it('the demo is there when there is no file, and says where it listens', async () => {
    expect(await service.start(null)).toBe('Port 8080 is taken, so the demo listens on 8081.');
    expect(service.document).toMatchObject({ text: demo.value.configText, path: null, isDemo: true });
    expect(existsSync(defaultPath)).toBe(false);
  });

  it.each([
    ['is not a config', '{ "servers": "x" }'],
    ['is not JSON', '{'],
  ])('a file that %s is shown to be mended, and nothing is served', async (_what, content) => {
    const path = await fileWith('mine.json', content);
    await service.start(path);
    expect(applied).toEqual([]);
    expect(service.document).toMatchObject({ text: content, path });
    expect(service.document.fileIssues).not.toEqual([]);
    const mended = await service.apply(text(5001), service.document.revision);
    expect(mended).toMatchObject({ ok: true, value: { text: text(5001), fileIssues: [], toAllow: [] } });
    expect(await readFile(path, 'utf8')).toBe(text(5001));
  });

  it('a file that is missing is said to be, and made by the first config applied', async () => {
    const path = join(folder, 'missing.json');
    await service.start(path);
    expect(service.document.fileIssues[0]?.message).toBe(`${path} does not exist.`);
    expect((await service.apply(text(5001), service.document.revision)).ok).toBe(true);
    expect(await readFile(path, 'utf8')).toBe(text(5001));
  });

  it('an own config that cannot be read is never taken for a first run', async () => {
    await writeFile(defaultPath, Buffer.from([0xff, 0xfe, 0x00]));
    await service.start(null);
    expect(service.document).toMatchObject({ path: defaultPath, isDemo: false });
    expect(service.document.fileIssues[0]?.message).toContain('is not UTF-8 text');
  });

  it('a file opened meanwhile waits until the start is done', async () => {
    const path = await fileWith('other.json', text(5009));
    const [, opened] = await Promise.all([service.start(null), service.open(path)]);
    expect(opened).toMatchObject({ ok: true, value: { path, isDemo: false } });
    expect(demo.stop).toHaveBeenCalledOnce();
  });
});

describe('a change', () => {
  beforeEach(async () => {
    await service.start(await fileWith('mine.json', text(5001)));
    applied.length = 0;
    changes.length = 0;
  });

  it('is applied, then saved with its comments, then told', async () => {
    const edited = await service.edit(addServer(5002), 1);
    expect(edited).toMatchObject({ ok: true, value: { revision: 2 } });
    expect(applied).toEqual(['localhost:5001,localhost:5002']);
    const saved = await readFile(join(folder, 'mine.json'), 'utf8');
    expect(saved).toContain('// mine');
    expect(saved).toBe(service.document.text);
    expect(changes).toEqual([service.document]);
  });

  it('that is not valid changes nothing', async () => {
    const before = service.document;
    const result = await service.apply('{ "servers": ["localhost:5003"] }', 1);
    expect(result).toMatchObject({ ok: false, error: { code: 'invalid', issues: [{ path: 'servers[0]' }] } });
    expect([applied, changes, service.document]).toEqual([[], [], before]);
    expect(await readFile(join(folder, 'mine.json'), 'utf8')).toBe(text(5001));
  });

  it('that the engine refuses changes nothing', async () => {
    refusal = ':8080 is already in use.';
    const result = await service.apply(text(5001, 5002), 1);
    expect(result).toEqual(fail({ code: 'not-applied', message: ':8080 is already in use.' }));
    expect(service.document.revision).toBe(1);
    expect(await readFile(join(folder, 'mine.json'), 'utf8')).toBe(text(5001));
  });

  it('that cannot be saved is taken back', async () => {
    // A folder in its place refuses root too.
    await rm(join(folder, 'mine.json'));
    await mkdir(join(folder, 'mine.json'));
    const result = await service.apply(text(5001, 5002), 1);
    expect(result).toMatchObject({ ok: false, error: { code: 'not-saved' } });
    expect(applied).toEqual(['localhost:5001,localhost:5002', 'localhost:5001 keep going']);
    expect(service.document).toMatchObject({ text: text(5001), revision: 1 });
  });

  it('made from an older revision is a conflict', async () => {
    const [first, second] = await Promise.all([
      service.edit(addServer(5002), 1),
      service.edit(addServer(5003), 1),
    ]);
    expect(first.ok).toBe(true);
    expect(second).toMatchObject({ ok: false, error: { code: 'conflict' } });
  });
});

describe('a change on disk', () => {
  let path: string;
  beforeEach(async () => {
    path = await fileWith('mine.json', text(5001));
    await service.start(path);
  });

  it('is picked up', async () => {
    await untilSeen(path, text(5001, 5002), () =>
      expect(service.document).toMatchObject({ text: text(5001, 5002), revision: 2 }),
    );
    expect(applied.at(-1)).toBe('localhost:5001,localhost:5002');
  });

  it('that is not valid is shown, and what runs goes on', async () => {
    await untilSeen(path, '{ "servers": []', () => expect(service.document.fileIssues).not.toEqual([]));
    expect(service.document).toMatchObject({
      text: text(5001),
      revision: 1,
      fileText: '{ "servers": []',
    });
    expect(applied).toHaveLength(1);
    await writeFile(path, text(5003));
    await until(() =>
      expect(service.document).toMatchObject({ text: text(5003), fileIssues: [], toAllow: [] }),
    );
  });

  it('that is not valid is not written over by a small edit, only by a whole config', async () => {
    await untilSeen(path, '{ "servers": []', () => expect(service.document.fileIssues).not.toEqual([]));
    expect(await service.edit(addServer(5002), 1)).toMatchObject({ ok: false, error: { code: 'conflict' } });
    expect(await readFile(path, 'utf8')).toBe('{ "servers": []');
    expect(await service.apply(text(5004), 1)).toMatchObject({ ok: true });
    expect(await readFile(path, 'utf8')).toBe(text(5004));
  });

  it('not seen yet is never written over', async () => {
    await writeFile(path, text(5001, 5005));
    const result = await service.apply(text(5006), 1);
    expect(result).toMatchObject({ ok: false, error: { code: 'conflict' } });
    expect(await readFile(path, 'utf8')).toBe(text(5001, 5005));
  });

  it('of the app’s own is no change', async () => {
    await service.apply(text(5007), 1);
    await untilSeen(path, text(5008), () => expect(service.document.text).toBe(text(5008)));
    expect(applied.slice(1)).toEqual(['localhost:5007', 'localhost:5008']);
  });
});

describe('the history', () => {
  beforeEach(async () => {
    await service.start(await fileWith('mine.json', text(5001)));
  });

  it('takes a change back, in force and on disk, and makes it again', async () => {
    await service.apply(text(5001, 5002), 1);
    expect(service.document.undo).toBe('added localhost:5002');
    const undone = await service.step('undo', 2);
    expect(undone).toMatchObject({
      ok: true,
      value: { text: text(5001), undo: undefined, redo: 'added localhost:5002' },
    });
    expect(await readFile(join(folder, 'mine.json'), 'utf8')).toBe(text(5001));
    expect(await service.step('undo', 3)).toMatchObject({ ok: false, error: { code: 'conflict' } });
    expect(await service.step('redo', 3)).toMatchObject({ ok: true, value: { text: text(5001, 5002) } });
    expect(await service.step('undo', 3)).toMatchObject({ ok: false, error: { code: 'conflict' } });
  });

  it('is that of one file', async () => {
    await service.apply(text(5002), 1);
    await service.open(await fileWith('other.json', text(5003)));
    expect(service.document.undo).toBeUndefined();
    expect(opened.map((path) => path.slice(folder.length + 1))).toEqual(['mine.json', 'other.json']);
  });
});

describe('saving as', () => {
  beforeEach(async () => {
    await service.start(await fileWith('mine.json', text(5001)));
  });

  it('goes on with the other file and leaves the first as it was', async () => {
    const path = await fileWith('copy.json', 'what was there');
    expect(await service.saveAs(path, text(5002), 1)).toMatchObject({ ok: true, value: { path } });
    expect(await readFile(path, 'utf8')).toBe(text(5002));
    expect(await readFile(join(folder, 'mine.json'), 'utf8')).toBe(text(5001));
    expect(opened.at(-1)).toBe(path);
    await untilSeen(path, text(5003), () => expect(service.document.text).toBe(text(5003)));
  });

  it('refuses what is wrong, and a place it cannot write to, and stays where it was', async () => {
    expect(await service.saveAs(join(folder, 'a.json'), '{}', 1)).toMatchObject({
      error: { code: 'invalid' },
    });
    const refused = await service.saveAs(folder, text(5002), 1);
    expect(refused).toMatchObject({ error: { code: 'not-saved' } });
    expect(service.document).toMatchObject({ text: text(5001), path: join(folder, 'mine.json') });
    expect(applied.at(-1)).toBe('localhost:5001 keep going');
  });
});

describe('the demo', () => {
  beforeEach(async () => {
    await service.start(null);
  });

  it('is never saved', async () => {
    const result = await service.edit(addServer(5001), 1);
    expect(result).toMatchObject({ ok: true, value: { isDemo: true, path: null } });
    expect(existsSync(defaultPath)).toBe(false);
    expect(demo.stop).not.toHaveBeenCalled();
  });

  it('ends with the first config that names none of it, which is saved as the user’s own', async () => {
    const result = await service.apply(text(5001), 1);
    expect(result).toMatchObject({ ok: true, value: { isDemo: false, path: defaultPath } });
    expect(await readFile(defaultPath, 'utf8')).toBe(text(5001));
    expect(demo.stop).toHaveBeenCalledOnce();
    await untilSeen(defaultPath, text(5002), () => expect(service.document.text).toBe(text(5002)));
  });

  it('is not saved as a file, whose servers would be gone with the app', async () => {
    const path = join(folder, 'demo.json');
    const refused = await service.saveAs(path, demo.value.configText, 1);
    expect(refused).toMatchObject({ ok: false, error: { code: 'not-saved' } });
    expect(existsSync(path)).toBe(false);
  });

  it('does not end with a config that cannot be applied', async () => {
    refusal = 'no';
    expect((await service.apply(text(5001), 1)).ok).toBe(false);
    expect(service.document.isDemo).toBe(true);
    expect(demo.stop).not.toHaveBeenCalled();
  });

  it('ends when a file is opened, unless that cannot be used', async () => {
    const bad = await service.open(await fileWith('bad.json', '{}'));
    expect(bad).toMatchObject({ ok: false, error: { code: 'invalid' } });
    expect(service.document.isDemo).toBe(true);
    const path = await fileWith('good.json', text(5001));
    expect(await service.open(path)).toMatchObject({ ok: true, value: { path, isDemo: false } });
    expect(demo.stop).toHaveBeenCalledOnce();
  });

  it('ends with the app', async () => {
    await service.stop();
    expect(demo.stop).toHaveBeenCalledOnce();
  });
});

describe('commands that nobody has allowed', () => {
  const command = { pool: 'default', name: 'a', command: 'node a.js', instances: 1, cwd: '/', env: {} };

  it('are in the document, and are allowed as that revision showed them', async () => {
    waiting = [command];
    human.answer = 'yes';
    await service.start(await fileWith('mine.json', text(5001)));
    await until(() => expect(service.document.fileIssues).toEqual([]));
    human.answer = 'yes-and-run';
    const { revision } = service.document;
    expect(service.document.toAllow).toEqual([command]);
    expect(await service.allowCommands(revision - 1)).toMatchObject({
      ok: false,
      error: { code: 'conflict' },
    });
    expect(allowed).toEqual([]);
    applied = [];
    const done = service.allowCommands(revision);
    waiting = [];
    expect(await done).toMatchObject({ ok: true, value: { toAllow: [], revision } });
    expect(allowed).toEqual([command]);
    expect(applied).toEqual(['localhost:5001 keep going']);
  });
});
