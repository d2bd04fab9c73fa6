import type { InstanceView, ProcessAction } from '../../../shared/processes.ts';

interface Action {
  readonly action: ProcessAction;
  readonly label: string;
  readonly title: string;
}

const KILL: Action = { action: 'kill', label: 'Kill', title: 'End the process at once (SIGKILL)' };
const PAUSE: Action = { action: 'pause', label: 'Pause', title: 'Hold the process where it is (SIGSTOP)' };
const RESUME: Action = { action: 'resume', label: 'Resume', title: 'Let it go on (SIGCONT)' };
const STOP: Action = { action: 'stop', label: 'Stop', title: 'No new requests, then SIGTERM' };
const START: Action = { action: 'start', label: 'Start', title: 'Start it now' };

/** What can be done to a process as things are with it. */
export const ACTIONS: Readonly<Record<InstanceView['state'], readonly Action[]>> = {
  starting: [KILL, STOP],
  running: [PAUSE, KILL, STOP],
  paused: [RESUME, KILL, STOP],
  'backing-off': [START, STOP],
  stopping: [],
  stopped: [START],
};
