import { describe, expect, it, vi } from 'vitest';
import { argumentParsers } from '../../../../electron/desktop/ipc/arguments.ts';
import { type Handlers, registerHandlers } from '../../../../electron/desktop/ipc/register-handlers.ts';
import { fail, ok } from '../../../../shared/calls/result.ts';

const unused = () => Promise.reject(new Error('not of this test'));
const idle: Handlers = {
  'app:watch': unused,
  'app:set-theme': unused,
  'app:note-shown': unused,
  'engine:set-running': async () => ok(null),
  'engine:set-admin': unused,
  'engine:force-health': unused,
  'engine:set-faults': unused,
  'scenario:play': unused,
  'scenario:stop': unused,
  'engine:clear-faults': unused,
  'scenario:save-report': unused,
  'engine:probe-now': unused,
  'engine:try-probe': unused,
  'engine:drop-connections': unused,
  'engine:reset-counters': unused,
  'log:show': unused,
  'log:exchange': unused,
  'lab:compare': unused,
  'log:set-capture': unused,
  'log:export-har': unused,
  'log:send-again': unused,
  'traffic:start': unused,
  'traffic:stop': unused,
  'traffic:forget': unused,
  'config:check': unused,
  'config:apply': unused,
  'config:edit': unused,
  'config:review': unused,
  'config:step': unused,
  'config:save-as': unused,
  'config:recent': unused,
  'config:forget': unused,
  'config:choose': unused,
  'config:open': unused,
  'config:open-dropped': unused,
  'config:use-demo': unused,
  'config:start-own': unused,
  'discovery:find': unused,
  'discovery:stop': unused,
  'check:find': unused,
  'check:stop': unused,
  'import:save': unused,
  'config:allow-commands': unused,
  'process:act': unused,
  'process:scale': unused,
  'process:output': unused,
  'settings:get': unused,
  'settings:change': unused,
  'settings:choose-config': unused,
  'settings:renew-token': unused,
  'settings:copy-token': unused,
  'shell:open-url': unused,
  'shell:copy': unused,
};

function register(handlers: Partial<Handlers> = {}, isTrusted = true) {
  const channels = new Map<string, (event: unknown, argument: unknown) => Promise<unknown>>();
  const log = vi.fn();
  registerHandlers(
    { handle: (channel, listener) => channels.set(channel, listener) },
    { isTrusted: () => isTrusted, log },
    { ...idle, ...handlers },
  );
  const call = async (channel: string, argument: unknown) => channels.get(channel)?.({}, argument);
  return { channels, call, log };
}

describe('a call', () => {
  it('has a channel each, and there are no others', () => {
    expect([...register().channels.keys()].sort()).toEqual(Object.keys(argumentParsers).sort());
  });

  it('gets the answer of its handler, failures too', async () => {
    const refusal = fail({ code: 'refused', message: 'No.' } as const);
    const { call } = register({ 'traffic:stop': async () => refusal });
    expect(await call('engine:set-running', { isRunning: true })).toEqual(ok(null));
    expect(await call('traffic:stop', null)).toEqual(refusal);
  });

  it('of a stranger never reaches a handler', async () => {
    const handler = vi.fn<Handlers['engine:set-running']>();
    const { call, log } = register({ 'engine:set-running': handler }, false);
    await expect(call('engine:set-running', { isRunning: true })).rejects.toThrow(
      'engine:set-running was refused',
    );
    expect(handler).not.toHaveBeenCalled();
    expect(log).toHaveBeenCalledOnce();
  });

  it('with an argument that does not parse never reaches a handler', async () => {
    const handler = vi.fn<Handlers['engine:set-running']>();
    const { call, log } = register({ 'engine:set-running': handler });
    await expect(call('engine:set-running', { isRunning: 'yes' })).rejects.toThrow('was refused');
    expect(handler).not.toHaveBeenCalled();
    expect(log).toHaveBeenCalledOnce();
  });

  it.each([
    ['engine:probe-now', { pool: 'p', backend: 'b' }, { ok: false, error: { code: 'refused' } }],
    ['config:open', { path: '/x' }, { ok: false, error: { code: 'not-applied' } }],
    ['config:allow-commands', { revision: 1 }, { ok: false, error: { code: 'not-applied' } }],
    ['config:check', { text: '' }, [{ path: '' }]],
  ])(
    '%s whose handler throws is logged, and answered in kind without the details',
    async (name, argument, answer) => {
      const { call, log } = register();
      const answered = await call(name, argument);
      expect(answered).toMatchObject(answer);
      expect(JSON.stringify(answered)).not.toContain('not of this test');
      expect(log).toHaveBeenCalledExactlyOnceWith(`${name} threw`, new Error('not of this test'));
    },
  );

  it('that has no failure to answer with is rejected without the details', async () => {
    await expect(register().call('app:watch', null)).rejects.toThrow(/^app:watch failed$/);
  });
});
