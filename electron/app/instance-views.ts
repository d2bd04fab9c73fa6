import type { InstanceView } from '../../shared/contract.ts';
import { describeExit, type InstanceState } from '../processes/instance-state.ts';
import type { SupervisedInstance } from '../processes/supervisor.ts';

/** The processes as the window gets them. */
export function instanceViews(instances: readonly SupervisedInstance[]): readonly InstanceView[] {
  return instances.map(({ spec, instance: { name, state, port, pid } }) => ({
    pool: spec.pool,
    name,
    state: state.kind,
    reason: reasonOf(state),
    port,
    pid: pid ?? null,
  }));
}

function reasonOf(state: InstanceState): string | null {
  if (state.kind !== 'backing-off' && state.kind !== 'stopped') return null;
  return state.exit && describeExit(state.exit);
}
