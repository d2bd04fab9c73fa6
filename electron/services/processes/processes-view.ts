import type { InstanceView, Processes } from '../../../shared/view/processes.ts';
import type { ConfigProcesses } from './config-processes.ts';
import { describeExit, type InstanceState } from './instance-state.ts';
import type { SupervisedInstance } from './supervisor.ts';

/** The processes as the window and the control API show them. */
export function processesView({ commands, instances }: ConfigProcesses): Processes {
  return { commands, instances: instances.map(instanceView) };
}

function instanceView({ spec, instance: { name, state, port, pid } }: SupervisedInstance): InstanceView {
  return {
    pool: spec.pool,
    name,
    state: state.kind,
    reason: reasonOf(state),
    port,
    pid: pid ?? null,
  };
}

function reasonOf(state: InstanceState): string | null {
  if (state.kind !== 'backing-off' && state.kind !== 'stopped') return null;
  return state.exit && describeExit(state.exit);
}
