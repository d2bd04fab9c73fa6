import { parentPort, workerData } from 'node:worker_threads';
import { TrafficRun } from './traffic-run.ts';
import type { TrafficJob } from './traffic-thread.ts';

/** The generator's own thread, for one run: begins at once, tells how far it is, and stops when it is told anything. */
const port = parentPort;
if (!port) throw new Error('this file runs in a worker thread');

const run = new TrafficRun(workerData as TrafficJob, (progress) => port.postMessage(progress));
port.once('message', () => run.stop());
run.start();
