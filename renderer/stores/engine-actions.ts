import type { SwitchyardApi } from '../../shared/contract.ts';
import type { Result } from '../../shared/result.ts';
import type { EngineActions, Store } from './app-state.ts';

type SetState = (change: Partial<Store>) => void;

/** Commands to the engine. Nothing is changed here: the engine's next batch shows what came of it. */
export function engineActions(api: SwitchyardApi, set: SetState, get: () => Store): EngineActions {
  const complain = (result: Result<unknown, { readonly message: string }>): void => {
    if (!result.ok) get().toast({ tone: 'bad', words: result.error.message });
  };
  return {
    setFaults: async (pool, backend, faults) => {
      const result = await api.setFaults({ pool, backend, faults });
      return result.ok ? null : result.error.message;
    },
    playScenario: async (name) => complain(await api.playScenario({ name })),
    stopScenario: async () => complain(await api.stopScenario()),
    clearFaults: async () => complain(await api.clearFaults()),
    actOnProcess: async (pool, backend, action) =>
      complain(await api.actOnProcess({ pool, backend, action })),
    scaleCommand: async (pool, command, instances) =>
      complain(await api.scaleCommand({ pool, command, instances })),
    processOutput: (pool, backend, since) => api.processOutput({ pool, backend, since }),
    forceHealth: async (pool, backend, forced) => complain(await api.forceHealth({ pool, backend, forced })),
    setAdmin: async (pool, backend, state) => complain(await api.setAdmin({ pool, backend, state })),
    setRunning: async (isRunning) => complain(await api.setRunning({ isRunning })),
    probeNow: async (pool, backend) => complain(await api.probeNow({ pool, backend })),
    tryProbe: (argument) => api.tryProbe(argument),
    resetCounters: async (pool) => complain(await api.resetCounters({ pool })),
    setTrafficOpen: (isTrafficOpen) => set({ isTrafficOpen }),
    changeTraffic: (change) => set({ trafficForm: { ...get().trafficForm, ...change } }),
    startTraffic: async (plan) => {
      const result = await api.startTraffic(plan);
      return result.ok ? null : result.error.message;
    },
    stopTraffic: async () => complain(await api.stopTraffic()),
    forgetTraffic: async (id) => complain(await api.forgetTraffic({ id })),
  };
}
