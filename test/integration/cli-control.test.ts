import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BackendProcess } from '../support/backend-process.ts';
import { CliBench } from '../support/cli-run.ts';
import { ControlRun } from '../support/control-run.ts';

let bench: CliBench;
let backend: BackendProcess;
let path: string;
let control: ControlRun;

beforeEach(async () => {
  bench = new CliBench();
  backend = await new BackendProcess('b').start();
  path = bench.config(config());
  control = await ControlRun.start(bench, path);
});
afterEach(async () => {
  await bench.stop();
  await backend.kill();
});

function config(change: object = {}): object {
  const servers = [
    { url: backend.url, name: 'good' },
    { url: 'http://127.0.0.1:1', name: 'dead' },
  ];
  return { port: '127.0.0.1:0', healthCheckInterval: '10m', servers, ...change };
}

/** What a command prints on success, or its error, with its exit code. */
async function cli(...args: string[]): Promise<string> {
  const run = bench.run(...args);
  const code = await run.exited;
  return `${code} ${run.out}${run.err}`.trimEnd();
}

/** The same with a token in the environment. */
async function cliWith(token: string, ...args: string[]): Promise<string> {
  const run = bench.runWith({ SWITCHYARD_TOKEN: token }, ...args);
  const code = await run.exited;
  return `${code} ${run.out}${run.err}`.trimEnd();
}

const folder = () => join(bench.folder, 'switchyard');

describe('an instance that runs', () => {
  it('is found without a word, and told what to do', async () => {
    expect(await cli('disable', 'good')).toBe('0 default/good is disabled');
    expect(await cli('drain', 'default/good')).toBe('0 default/good is draining');
    expect(await cli('enable', 'good')).toBe('0 default/good is enabled');
    expect(await cli('force', 'down', 'good')).toBe('0 default/good is forced down');
    expect((await fetch(control.url)).status).toBe(503);
    expect(await cli('force', 'checks', 'good')).toBe('0 default/good is left to its checks again');
    expect(control.run.err).toContain('default/good is forced down\n');
  });

  it('is told what is wrong with a backend, and that nothing is any more', async () => {
    expect(
      await cli('fault', 'good', 'latency', '20ms±5ms,', 'error', '503', 'body=try again', 'affects=traffic'),
    ).toBe('0 default/good has from now on: latency 20ms±5ms, error 503 body="try again" affects=traffic');
    const answer = await fetch(control.url);
    expect([answer.status, await answer.text()]).toEqual([503, 'try again']);
    expect(await cli('status')).toContain(
      '[simulated: latency 20ms±5ms, error 503 body="try again" affects=traffic]',
    );
    expect(await cli('fault', 'good', 'clear')).toBe('0 default/good has no faults any more');
    expect((await fetch(control.url)).status).toBe(200);
    await cli('fault', 'good', 'crash', 'first=1');
    expect(await cli('fault', 'clear')).toBe('0 no backend has faults any more');
    expect(await cli('fault', 'good', 'explode')).toMatch(
      /^2 .*"explode" has a wrong type: "explode" must be one of "crash"/s,
    );
    expect(await cli('fault', 'good')).toMatch(/^2 .*fault takes a backend and what is wrong with it/s);
    expect(control.run.err).toContain('default/good has faults from now on: latency 20ms±5ms; error 503');
  });

  it('says how it is', async () => {
    await control.run.says(/default\/dead is down/);
    expect(await cli('status')).toMatch(
      /^0 http:\/\/127\.0\.0\.1:\d+ → default \(listening\)\n\ndefault \(round-robin\)\n {2}backend .*\n {2}good .*\n {2}dead {5}enabled {2}down: connection refused /,
    );
    const run = bench.run('status', '--json');
    expect(await run.exited).toBe(0);
    expect(JSON.parse(run.out)).toMatchObject({ isRunning: true, pools: [{ name: 'default' }] });
  });

  it('probes, and the exit code tells how it went', async () => {
    expect(await cli('probe', 'good')).toBe('0 default/good: HEAD / → 200');
    expect(await cli('probe', 'dead')).toBe('1 default/dead: connection refused');
  });

  it('reads its config again', async () => {
    expect(await cli('reload')).toBe('0 nothing has changed');
    writeFileSync(path, JSON.stringify(config({ servers: [] })));
    expect(await cli('reload')).toMatch(/^1 switchyard: Nothing was changed: servers: \[\] is empty; /);
  });

  it('leaves word that only its user can read, and takes it away', async () => {
    const [name = '', ...others] = readdirSync(folder());
    expect(others).toEqual([]);
    const file = join(folder(), name);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(folder()).mode & 0o777).toBe(0o700);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
      pid: control.run.child.pid,
      url: control.controlUrl,
      token: control.token,
    });
    control.run.child.kill('SIGTERM');
    expect(await control.run.exited).toBe(0);
    expect(readdirSync(folder())).toEqual([]);
  });
});

describe('what is wrong is said in one line', () => {
  it('a backend there is not', async () => {
    expect(await cli('enable', 'god')).toBe('1 switchyard: there is no backend "god"; did you mean "good"?');
    expect(await cli('probe', 'x')).toBe(
      '1 switchyard: there is no backend "x"; there is default/good, default/dead',
    );
  });

  it('a wrong token', async () => {
    expect(await cliWith('x'.repeat(20), 'status')).toBe(
      `1 switchyard: the token is not the one of ${control.controlUrl}; give it with --token-file or SWITCHYARD_TOKEN`,
    );
  });

  it('no instance, as when it was killed and could not take its word away', async () => {
    control.run.child.kill('SIGKILL');
    await control.run.exited;
    expect(readdirSync(folder())).toHaveLength(1);
    expect(await cli('status')).toBe(
      '1 switchyard: no instance runs that can be controlled; start one with switchyard serve --control 127.0.0.1:9900',
    );
    expect(readdirSync(folder())).toEqual([]);
    expect(await cliWith(control.token, 'status', '--control', control.controlUrl)).toBe(
      `1 switchyard: nothing answers at ${control.controlUrl}; is it running, with --control?`,
    );
  });

  it('somebody else at that port', async () => {
    expect(await cliWith(control.token, 'status', '--control', backend.url)).toBe(
      `1 switchyard: what answers at ${backend.url} is not Switchyard`,
    );
  });

  it('a server that leads elsewhere does not get the token there', async () => {
    const asked: (string | undefined)[] = [];
    const server = createServer((request, response) => {
      asked.push(request.url);
      response.writeHead(307, { location: '/elsewhere' }).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const url = `http://127.0.0.1:${typeof address === 'object' && address?.port}`;
    expect(await cliWith(control.token, 'status', '--control', url)).toMatch(/^1 switchyard: /);
    expect(asked).toEqual(['/v1/state']);
    server.close();
  });

  it('a port that is taken', async () => {
    const taken = `127.0.0.1:${control.port}`;
    expect(await cli('serve', '--config', path, '--control', taken)).toBe(
      `1 switchyard: ${taken} is already in use; choose another port, or 0 for a free one`,
    );
  });
});

it('of two instances one has to be named', async () => {
  const other = await ControlRun.start(bench, bench.config(config(), 'other.json'));
  const urls = [control, other].map(({ controlUrl }) => controlUrl);
  const error = await cli('disable', 'good');
  expect(error).toMatch(/^1 switchyard: 2 instances run; say which with --control http:.* or http:.*$/);
  for (const url of urls) expect(error).toContain(url);
  expect(await cli('disable', 'good', '--control', other.controlUrl)).toBe('0 default/good is disabled');
  expect(await cli('disable', 'good', '--control', `localhost:${other.port}`)).toBe(
    '0 default/good is disabled',
  );
  expect((await control.ask('GET', '/v1/state')).text).not.toContain('"disabled"');
  expect((await other.ask('GET', '/v1/state')).text).toContain('"disabled"');
});

it('a token of one’s own comes from a file or the environment, and is not told', async () => {
  const token = 'one-of-my-own-0123456789';
  const file = bench.config(`${token}\n`, 'my.token');
  const other = await ControlRun.start(bench, path, '--token-file', file);
  expect(other.run.err).not.toContain('token');
  expect(await cli('status', '--control', other.controlUrl, '--token-file', file)).toMatch(/^0 /);
  const run = bench.runWith({ SWITCHYARD_TOKEN: token }, 'status', '--control', other.controlUrl);
  expect(await run.exited).toBe(0);
  expect(await cli('status', '--token-file', path)).toMatch(
    /config\.json holds no token; it takes 16 to 512 /,
  );
});

describe('the token stays with its user', () => {
  it('and whoever writes it on the command line is told who sees it there', async () => {
    const run = bench.run('probe', 'good', '--token', control.token);
    expect(await run.exited).toBe(0);
    expect(run.out).toBe('default/good: HEAD / → 200\n');
    expect(run.err).toBe(
      'every user of this machine can see --token in the list of processes; use --token-file or SWITCHYARD_TOKEN\n',
    );
  });

  it('a planted file of an instance does not get it', async () => {
    const asked: unknown[] = [];
    const squatter = createServer((request, response) => {
      asked.push(request.headers.authorization);
      response.end();
    });
    await new Promise<void>((resolve) => squatter.listen(0, '127.0.0.1', resolve));
    const address = squatter.address();
    const url = `http://127.0.0.1:${typeof address === 'object' && address?.port}`;
    const runtime = join(bench.folder, 'open');
    mkdirSync(join(runtime, 'switchyard'), { recursive: true });
    const planted = join(runtime, 'switchyard', 'control-1.json');
    writeFileSync(planted, JSON.stringify({ pid: process.pid, url, token: 'x'.repeat(32) }));
    const env = { XDG_RUNTIME_DIR: runtime, SWITCHYARD_TOKEN: control.token };

    chmodSync(runtime, 0o777);
    const inOpenFolder = bench.runWith(env, 'status');
    expect(await inOpenFolder.exited).toBe(1);
    expect(inOpenFolder.err).toContain(
      `ignored: ${runtime} is open to other users (mode 777; chmod go-w mends it)\n`,
    );

    chmodSync(runtime, 0o700);
    chmodSync(join(runtime, 'switchyard'), 0o700);
    chmodSync(planted, 0o644);
    const openFile = bench.runWith(env, 'status');
    expect(await openFile.exited).toBe(1);
    expect(openFile.err).toContain(
      `ignored: ${planted} is open to other users (mode 644; chmod go= mends it)\n`,
    );
    expect(asked).toEqual([]);
    squatter.close();
  });

  it('no file is written into a folder that is open to others, which is said', async () => {
    const runtime = join(bench.folder, 'shared');
    mkdirSync(runtime);
    chmodSync(runtime, 0o777);
    const run = bench.runWith({ XDG_RUNTIME_DIR: runtime }, 'serve', '--config', path, '--control', ':0');
    await run.says(/other commands need --control and --token-file: .*shared is open to other users/);
    expect(readdirSync(join(runtime, 'switchyard'))).toEqual([]);
  });
});
