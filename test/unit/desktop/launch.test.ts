import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it, vi } from 'vitest';
import { configFromArguments } from '../../../electron/desktop/command-line.ts';
import { claimSingleInstance, configPathOf } from '../../../electron/desktop/single-instance.ts';

const HERE = resolve('/home/me');

describe('the config on the command line', () => {
  it.each([
    [['--config', 'a.json'], resolve(HERE, 'a.json')],
    [['--config=a.json'], resolve(HERE, 'a.json')],
    [['--config=../b/a.json'], resolve('/home/b/a.json')],
    [['--config', resolve('/etc/a.conf')], resolve('/etc/a.conf')],
    [['/srv/app', '--config', 'a.json'], resolve(HERE, 'a.json')],
    [['--no-sandbox', '--disable-gpu', '/srv/app', '--config', 'a.json'], resolve(HERE, 'a.json')],
    [['--user-data-dir=/tmp/x.json', '/srv/app'], null],
    [['a.json'], resolve(HERE, 'a.json')],
    [['/srv/app', 'A.JSONC'], resolve(HERE, 'A.JSONC')],
    [['--config', 'a.json', 'b.json'], resolve(HERE, 'a.json')],
    [['-r', '/x/loader.js', '/srv/app'], null],
    [[pathToFileURL(resolve(HERE, 'a b.switchyard.json')).href], resolve(HERE, 'a b.switchyard.json')],
    [['file:///%zz/a.json'], null],
    [['--config'], null],
    [['--config', '--disable-gpu'], null],
    [[], null],
  ])('%j names %s', (argv, path) => {
    expect(configFromArguments(argv, HERE)).toBe(path);
  });
});

describe('a second launch', () => {
  const fakeApp = (isFirst: boolean) => {
    const listeners: ((...said: unknown[]) => void)[] = [];
    return {
      app: {
        requestSingleInstanceLock: vi.fn(() => isFirst),
        on: vi.fn((_name: string, listener: (...said: unknown[]) => void) => listeners.push(listener)),
      },
      say: (data: unknown) => {
        for (const listener of listeners) listener({}, ['electron', '--config', 'x.json'], HERE, data);
      },
    };
  };

  it('hands its config over and ends', () => {
    const { app } = fakeApp(false);
    const isFirst = claimSingleInstance(Object(app), resolve('/a.json'), () => undefined);
    expect(isFirst).toBe(false);
    expect(app.requestSingleInstanceLock).toHaveBeenCalledWith({ configPath: resolve('/a.json') });
    expect(app.on).not.toHaveBeenCalled();
  });

  it('is heard by the first', () => {
    const { app, say } = fakeApp(true);
    const heard = vi.fn();
    expect(claimSingleInstance(Object(app), null, heard)).toBe(true);
    say({ configPath: resolve('/a.json') });
    say({ configPath: null });
    expect(heard.mock.calls).toEqual([[resolve('/a.json')], [null]]);
  });

  it.each([[null], ['/a.json'], [{}], [{ configPath: 7 }], [{ configPath: 'a.json' }], [[]]])(
    'that says %j names no config',
    (data) => {
      expect(configPathOf(data)).toBeNull();
    },
  );
});
