import type { BackendConfig } from '../../../shared/config/config.ts';
import { createProbe } from '../health/probe.ts';

/** Whether a backend passes its check that is in no pool yet; where checks are off, whether it takes a connection. */
export function createFirstProbe(): (backend: BackendConfig) => Promise<boolean> {
  const probe = createProbe();
  return async (backend) => {
    const { healthCheck } = backend;
    const asked =
      healthCheck.type === 'off'
        ? { ...backend, healthCheck: { ...healthCheck, type: 'tcp' as const } }
        : backend;
    const { hasPassed } = await probe(asked).result;
    return hasPassed;
  };
}
