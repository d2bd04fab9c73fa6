/** Of one command; enough for any rehearsal on one machine. */
export const MAX_INSTANCES = 100;

/** What Switchyard runs for the commands of the config. */
export interface Processes {
  readonly commands: readonly CommandView[];
  /** In the order of the config, by number. */
  readonly instances: readonly InstanceView[];
}

export interface CommandView {
  readonly pool: string;
  readonly name: string;
  /** How many instances there are to be: as in the config, or as scaled since. */
  readonly wanted: number;
}

/** A process that Switchyard runs for a command of the config. */
export interface InstanceView {
  readonly pool: string;
  /** Its backend's name too, from its first answer on. */
  readonly name: string;
  readonly state: 'starting' | 'running' | 'paused' | 'backing-off' | 'stopping' | 'stopped';
  /** How it ended, in words, where that is why it does not run. */
  readonly reason: string | null;
  readonly port: number | null;
  readonly pid: number | null;
}

export type ProcessAction = 'kill' | 'pause' | 'resume' | 'stop' | 'start';
