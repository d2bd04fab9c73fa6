import { describe, expect, it } from 'vitest';
import { ToldBackends } from '../../../../electron/engine/core/told-backends.ts';
import { parseConfig } from '../../../../electron/services/config/parse.ts';
import type { Config } from '../../../../shared/config/config.ts';

function configOf(...servers: { name: string; faults?: string[] }[]): Config {
  const parsed = parseConfig(
    JSON.stringify({ servers: servers.map((one) => ({ url: `http://${one.name}`, ...one })) }),
  );
  if (!parsed.ok) throw new Error(parsed.error[0]?.message);
  return parsed.value;
}

const key = (backend: string) => ({ pool: 'default', backend });
const NONE = { faults: [], seed: null };

describe('what an engine has to be told again', () => {
  it('is the last word on each backend, and nothing of one that is gone', () => {
    const told = new ToldBackends();
    told.configChanged(null, configOf({ name: 'a' }, { name: 'b' }));
    told.admin.set(key('a'), { ...key('a'), state: 'draining' });
    told.admin.set(key('a'), { ...key('a'), state: 'disabled' });
    told.forced.set(key('b'), { ...key('b'), forced: 'down' });
    expect([...told.admin.values()]).toEqual([{ ...key('a'), state: 'disabled' }]);
    told.configChanged(configOf({ name: 'a' }, { name: 'b' }), configOf({ name: 'a' }));
    expect([...told.forced.values()]).toEqual([]);
    told.admin.set(key('a'), null);
    expect([...told.admin.values()]).toEqual([]);
  });

  it('is that the faults of the config were cleared, until the config has others', () => {
    const told = new ToldBackends();
    const config = configOf({ name: 'a', faults: ['crash'] }, { name: 'b' });
    told.configChanged(null, config);
    told.clearFaults(config);
    expect([...told.faults.values()]).toEqual([
      { ...key('a'), ...NONE },
      { ...key('b'), ...NONE },
    ]);
    told.configChanged(config, configOf({ name: 'a', faults: ['hang'] }, { name: 'b' }));
    expect([...told.faults.values()]).toEqual([{ ...key('b'), ...NONE }]);
  });
});
