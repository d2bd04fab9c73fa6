import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../../../electron/services/config/parse.ts';
import { asBackend, processSpecs } from '../../../../electron/services/processes/config-instances.ts';
import type { Config } from '../../../../shared/config/config.ts';

function configOf(...servers: object[]): Config {
  const config = parseConfig(JSON.stringify({ servers }));
  if (!config.ok) throw new Error(config.error[0]?.message);
  return config.value;
}

const USERS = {
  command: 'node server.js',
  name: 'users',
  instances: 2,
  cwd: 'services/users',
  env: { A: '1' },
};

describe('a command of the config', () => {
  it('runs from the folder of the file, with the environment and its own variables on top', () => {
    const specs = processSpecs(configOf(USERS), '/home/me', {
      PATH: '/bin',
      A: '0',
      SWITCHYARD_TOKEN: 'secret',
    });
    expect(specs).toEqual([
      {
        pool: 'default',
        name: 'users',
        command: 'node server.js',
        cwd: '/home/me/services/users',
        env: { PATH: '/bin', A: '1' },
        instances: 2,
      },
    ]);
  });

  it('is a backend with its options, at the port of an instance', () => {
    const { pools } = configOf({ ...USERS, url: 'https://127.0.0.1:{port}/v1', weight: 3, insecure: true });
    const [command] = pools[0]?.commands ?? [];
    const backend = command && asBackend(command, 'users-1', 20_001);
    expect(backend).toMatchObject({ name: 'users-1', weight: 3, insecure: true, backup: false });
    expect(backend?.origin.url).toBe('https://127.0.0.1:20001/v1');
  });

  it('keeps its place among the backends', () => {
    const config = configOf({ url: 'http://a' }, USERS, { command: 'true', name: 'b' });
    expect(config.pools[0]?.commands.map(({ position }) => position)).toEqual([1, 1]);
  });
});
