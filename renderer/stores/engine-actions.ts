import type { Result } from '../../shared/calls/result.ts';
import type { SwitchyardApi } from '../../shared/calls/switchyard-api.ts';
import type { EngineActions, Store } from './app-state.ts';
import { inFlightAt } from './figures.ts';

type SetState = (change: Partial<Store>) => void;

/** Commands to the engine. Nothing is changed here: the engine's next batch shows what came of it. */
export function engineActions(api: SwitchyardApi, set: SetState, get: () => Store): EngineActions {
  const complain = (result: Result<unknown, { readonly message: string }>): void => {
    if (!result.ok) get().toast({ tone: 'bad', words: result.error.message });
  };
  const find = (pool: string, backend: string) =>
    get()
      .snapshot?.pools.find((one) => one.name === pool)
      ?.backends.find((one) => one.name === backend);
  return {
    setFaults: async (pool, backend, faults) => {
      const before = find(pool, backend)?.faults.map(({ text }) => text) ?? [];
      const result = await api.setFaults({ pool, backend, faults });
      if (!result.ok) return result.error.message;
      // In their dialog they are listed, and taken off there.
      if (faults.length > 0 && get().dialog === null) {
        const undo = () => void api.setFaults({ pool, backend, faults: before }).then(complain);
        get().toast({ tone: 'plain', words: `${backend} misbehaves: ${faults.join(', ')}.`, undo });
      }
      return null;
    },
    playScenario: async (name) => complain(await api.playScenario({ name })),
    saveReport: async () => {
      const saved = await api.saveScenarioReport();
      complain(saved);
      if (saved.ok && saved.value !== null)
        get().toast({ tone: 'plain', words: `The report is in ${saved.value}.` });
    },
    dismissReport: () => set({ isReportNew: false }),
    stopScenario: async () => complain(await api.stopScenario()),
    clearFaults: async () => complain(await api.clearFaults()),
    actOnProcess: async (pool, backend, action) =>
      complain(await api.actOnProcess({ pool, backend, action })),
    scaleCommand: async (pool, command, instances) =>
      complain(await api.scaleCommand({ pool, command, instances })),
    processOutput: (pool, backend, since) => api.processOutput({ pool, backend, since }),
    forceHealth: async (pool, backend, forced) => complain(await api.forceHealth({ pool, backend, forced })),
    setAdmin: async (pool, backend, state) => {
      const before = find(pool, backend);
      const result = await api.setAdmin({ pool, backend, state });
      complain(result);
      if (!result.ok || state !== 'disabled' || !before || before.admin === 'disabled') return;
      const undo = () => void api.setAdmin({ pool, backend, state: before.admin }).then(complain);
      get().toast({ tone: 'plain', words: offWords(backend, before.counters.inFlight), undo });
    },
    setRunning: async (isRunning) => {
      const result = await api.setRunning({ isRunning });
      complain(result);
      if (!result.ok || isRunning) return;
      const undo = () => void api.setRunning({ isRunning: true }).then(complain);
      get().toast({ tone: 'plain', words: 'The balancer is off: nothing is listened on.', undo });
    },
    probeNow: async (pool, backend) => complain(await api.probeNow({ pool, backend })),
    tryProbe: (argument) => api.tryProbe(argument),
    resetCounters: async (pool, backend) =>
      complain(await api.resetCounters(backend === undefined ? { pool } : { pool, backend })),
    dropConnections: async (pool, backends) => {
      const shown = get().snapshot?.pools.find((one) => one.name === pool);
      if (inFlightAt(shown, backends) === 0) return get().cutConnections(pool, backends);
      get().show('pool', pool);
      get().openDialog('drop-connections', backends.join('\n'));
    },
    cutConnections: async (pool, backends) => {
      for (const backend of backends) complain(await api.dropConnections({ pool, backend }));
    },
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

/** @param inFlight requests it was at as it was switched off */
function offWords(backend: string, inFlight: number): string {
  if (inFlight === 0) return `${backend} is off.`;
  return `${backend} is off; ${inFlight} request${inFlight === 1 ? '' : 's'} in flight there ended.`;
}
