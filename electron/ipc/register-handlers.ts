import type { CallName, Calls } from '../../shared/contract.ts';
import { argumentParsers } from './arguments.ts';

/** One handler a call, none left out. */
export type Handlers = {
  readonly [N in CallName]: (argument: Calls[N]['argument']) => Promise<Calls[N]['result']>;
};

/** The part of Electron's `ipcMain` used here. */
export interface InvokeRegistry<Event> {
  handle(channel: string, listener: (event: Event, argument: unknown) => Promise<unknown>): void;
}

/**
 * Answers the renderer's calls: from our own page only, with arguments that parse.
 *
 * @param isTrusted whether an event comes from the main frame of our window, showing our page
 */
export function registerHandlers<Event>(
  registry: InvokeRegistry<Event>,
  isTrusted: (event: Event) => boolean,
  handlers: Handlers,
): void {
  const register = <N extends CallName>(name: N): void => {
    registry.handle(name, async (event, argument) => {
      if (!isTrusted(event)) throw new Error(`${name}: refused, the sender is not Switchyard's own window`);
      const parsed = argumentParsers[name].safeParse(argument);
      if (!parsed.success) throw new Error(`${name}: ${parsed.error.issues[0]?.message ?? 'bad argument'}`);
      return handlers[name](parsed.data);
    });
  };
  for (const name of Object.keys(handlers)) if (isCallName(name)) register(name);
}

function isCallName(name: string): name is CallName {
  return Object.hasOwn(argumentParsers, name);
}
