import { parentPort } from 'node:worker_threads';
import { Engine } from './engine.ts';
import type { CallMessage, EngineArguments, WorkerMessage } from './engine-api.ts';

/** The engine's thread: calls come in as messages, answers and pushes go out the same way. */
const port = parentPort;
if (!port) throw new Error('this file runs in a worker thread');

const post = (message: WorkerMessage): void => port.postMessage(message);
const calls: { readonly [C in keyof EngineArguments]: (argument: EngineArguments[C]) => Promise<unknown> } =
  new Engine((body) => post({ kind: 'push', body }));

async function answer<C extends keyof EngineArguments>(message: CallMessage<C>): Promise<void> {
  post({ kind: 'answer', id: message.id, result: await calls[message.call](message.argument) });
}

port.on('message', (message: CallMessage) => void answer(message));
post({ kind: 'ready' });
