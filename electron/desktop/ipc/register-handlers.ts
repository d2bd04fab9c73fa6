import type { CallName, Calls } from '../../../shared/calls/contract.ts';
import { argumentParsers } from './arguments.ts';
import { unexpectedAnswers } from './unexpected.ts';

/** One handler a call, none left out. */
export type Handlers = {
  readonly [N in CallName]: (argument: Calls[N]['argument']) => Promise<Calls[N]['result']>;
};

/** The part of Electron's `ipcMain` used here. */
export interface InvokeRegistry<Event> {
  handle(channel: string, listener: (event: Event, argument: unknown) => Promise<unknown>): void;
}

export interface Gate<Event> {
  /** Whether an event comes from the main frame of our window, showing our page. */
  readonly isTrusted: (event: Event) => boolean;
  /** Told of what should not happen: a stranger's call, an argument that does not parse, a handler that throws. */
  readonly log: (message: string, cause?: unknown) => void;
}

/**
 * Answers the renderer's calls: from our own page only, with arguments that parse. A stranger and a wrong argument
 * get a rejection with no detail; a handler that throws, an answer of the call's own kind.
 */
export function registerHandlers<Event>(
  registry: InvokeRegistry<Event>,
  gate: Gate<Event>,
  handlers: Handlers,
): void {
  const register = <N extends CallName>(name: N): void => {
    registry.handle(name, async (event, argument) => {
      if (!gate.isTrusted(event)) return refuse(gate, name, 'its sender is not our own page');
      const parsed = argumentParsers[name].safeParse(argument);
      if (!parsed.success) return refuse(gate, name, 'its argument does not parse', parsed.error);
      try {
        return await handlers[name](parsed.data);
      } catch (error) {
        gate.log(`${name} threw`, error);
        const answer = unexpectedAnswers[name];
        if (!answer) throw new Error(`${name} failed`);
        return answer();
      }
    });
  };
  for (const name of Object.keys(argumentParsers)) if (isCallName(name)) register(name);
}

function refuse<Event>(gate: Gate<Event>, name: CallName, why: string, cause?: unknown): never {
  gate.log(`${name} was refused: ${why}`, cause);
  throw new Error(`${name} was refused`);
}

function isCallName(name: string): name is CallName {
  return Object.hasOwn(argumentParsers, name);
}
