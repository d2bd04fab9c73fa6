import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CliBench } from '../support/cli-run.ts';
import { ControlRun } from '../support/control-run.ts';
import { processesWith } from '../support/processes.ts';
import { SERVICE_COMMAND } from '../support/supervised.ts';
import { until } from '../support/until.ts';

const LIMIT_MS = 20_000;
const mark = crypto.randomUUID();
let bench: CliBench;
let control: ControlRun;

beforeAll(async () => {
  bench = new CliBench();
  const env = { SWITCHYARD_TEST_MARK: mark };
  const command = { command: SERVICE_COMMAND, name: 'api', instances: 2, env };
  const path = bench.config({ port: '127.0.0.1:0', healthCheckInterval: '200ms', servers: [command] });
  control = await ControlRun.start(bench, path, '--allow-commands');
  await until('both answer', async () => (await states()) === 'api-1 running, api-2 running', LIMIT_MS);
});
afterAll(async () => {
  await bench.stop();
  await until('no process is left', () => processesWith(`SWITCHYARD_TEST_MARK=${mark}`).length === 0);
});

const API_1 = '/v1/pools/default/instances/api-1';
const get = (path: string) => control.ask('GET', path);
const post = (path: string, body: unknown) => control.ask('POST', path, { body });

interface Listed {
  readonly instances: readonly {
    readonly name: string;
    readonly state: string;
    readonly pid: number | null;
  }[];
}

async function instances(): Promise<Listed['instances']> {
  return ((await get('/v1/processes')).value as Listed).instances;
}

async function states(): Promise<string> {
  return (await instances()).map(({ name, state }) => `${name} ${state}`).join(', ');
}

async function cli(...words: string[]): Promise<string> {
  const run = bench.run(...words);
  const code = await run.exited;
  return `${code} ${run.out}${run.err}`;
}

describe('processes over the control API', () => {
  it('are listed with what they are and where', async () => {
    expect((await get('/v1/processes')).value).toMatchObject({
      commands: [{ pool: 'default', name: 'api', wanted: 2 }],
      instances: [
        { pool: 'default', name: 'api-1', state: 'running', reason: null, pid: expect.any(Number) },
        { name: 'api-2' },
      ],
    });
  });

  it('are paused and go on, and killed, and come back', async () => {
    expect((await post(`${API_1}/act`, { action: 'pause' })).status).toBe(200);
    expect(await states()).toBe('api-1 paused, api-2 running');
    await post(`${API_1}/act`, { action: 'resume' });
    expect(await states()).toBe('api-1 running, api-2 running');
    const [before] = await instances();
    await post(`${API_1}/act`, { action: 'kill' });
    const isAnother = async () => {
      const [now] = await instances();
      return now?.state === 'running' && now.pid !== before?.pid;
    };
    await until('another one runs', isAnother, LIMIT_MS);
  });

  it('are more and fewer when they are scaled', async () => {
    const scale = '/v1/pools/default/commands/api/scale';
    expect((await post(scale, { instances: 3 })).value).toMatchObject({ commands: [{ wanted: 3 }] });
    const three = 'api-1 running, api-2 running, api-3 running';
    await until('three run', async () => (await states()) === three, LIMIT_MS);
    await post(scale, { instances: 2 });
    const two = 'api-1 running, api-2 running';
    await until('two run', async () => (await states()) === two, LIMIT_MS);
  });

  it('have their output', async () => {
    expect((await get(`${API_1}/output`)).value).toHaveProperty('lines');
  });

  it.each([
    ['POST', '/v1/pools/default/instances/api-9/act', { action: 'kill' }, 404, 'unknown-instance'],
    ['GET', '/v1/pools/other/instances/api-1/output', undefined, 404, 'unknown-instance'],
    ['POST', '/v1/pools/default/commands/nothing/scale', { instances: 1 }, 404, 'unknown-command'],
    ['POST', '/v1/pools/default/commands/api/scale', { instances: 101 }, 400, 'bad-body'],
    ['POST', `${API_1}/act`, { action: 'shoot' }, 400, 'bad-body'],
    ['POST', `${API_1}/act`, { action: 'kill', signal: 9 }, 400, 'unknown-field'],
  ])('refuse what there is not: %s %s %j', async (method, path, body, status, code) => {
    expect(await control.ask(method, path, { body })).toMatchObject({ status, value: { code } });
  });
});

describe('processes on the command line', () => {
  it('are in the status, for people and for programs', async () => {
    expect(await cli('status')).toMatch(
      /\ndefault\/api \(2 wanted\)\n {2}api-1 {2}running {2}pid \d+, port \d+\n {2}api-2 {2}running/,
    );
    const text = (await cli('status', '--json')).slice(2);
    expect(JSON.parse(text)).toMatchObject({ isRunning: true, processes: { commands: [{ name: 'api' }] } });
  });

  it('are paused, resumed, stopped, started and scaled', async () => {
    expect(await cli('pause', 'api-1')).toBe('0 default/api-1 is paused\n');
    expect(await cli('resume', 'default/api-1')).toBe('0 default/api-1 goes on\n');
    expect(await cli('stop', 'api-1')).toBe('0 default/api-1 ends once what is in flight has finished\n');
    await until('it is stopped', async () => (await states()).startsWith('api-1 stopped'), LIMIT_MS);
    expect(await cli('start', 'api-1')).toBe('0 default/api-1 is started\n');
    expect(await cli('scale', 'api', '1')).toBe('0 default/api has 1 instance from now on\n');
    await until('one runs', async () => (await states()) === 'api-1 running', LIMIT_MS);
    expect(await cli('kill', 'api-1')).toBe('0 default/api-1 was killed; it is started again\n');
    expect(await cli('output', 'api-1')).toMatch(/^0 /);
  });

  it('that there are not are refused in a line', async () => {
    expect(await cli('kill', 'apl-1')).toBe(
      '1 switchyard: there is no instance "apl-1"; did you mean "api-1"?\n',
    );
    expect(await cli('scale', 'x', '1')).toBe(
      '1 switchyard: there is no command "x"; there is default/api\n',
    );
  });
});
