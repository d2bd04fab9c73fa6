import type { InstanceView, ProcessAction } from '../view/processes.ts';

export interface ProcessActionWords {
  readonly action: ProcessAction;
  readonly label: string;
  readonly title: string;
}

const KILL: ProcessActionWords = {
  action: 'kill',
  label: 'Kill',
  title: 'End the process at once (SIGKILL)',
};
const PAUSE: ProcessActionWords = {
  action: 'pause',
  label: 'Pause',
  title: 'Hold the process where it is (SIGSTOP)',
};
const RESUME: ProcessActionWords = { action: 'resume', label: 'Resume', title: 'Let it go on (SIGCONT)' };
const STOP: ProcessActionWords = { action: 'stop', label: 'Stop', title: 'No new requests, then SIGTERM' };
const START: ProcessActionWords = { action: 'start', label: 'Start', title: 'Start it now' };

/** What can be done to a process as things are with it. */
export const PROCESS_ACTIONS: Readonly<Record<InstanceView['state'], readonly ProcessActionWords[]>> = {
  starting: [KILL, STOP],
  running: [PAUSE, KILL, STOP],
  paused: [RESUME, KILL, STOP],
  'backing-off': [START, STOP],
  stopping: [],
  stopped: [START],
};
