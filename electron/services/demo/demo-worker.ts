import { parentPort } from 'node:worker_threads';
import { startDemoBackends } from './demo-backends.ts';
import type { DemoMessage } from './demo-thread.ts';

/** The demo's own thread: says what there is, and stops when it is told anything. */
const port = parentPort;
if (!port) throw new Error('this file runs in a worker thread');

const { stop, ...facts } = await startDemoBackends();
const message: DemoMessage = { facts };
port.postMessage(message);
port.once('message', () => void stop().then(() => port.close()));
