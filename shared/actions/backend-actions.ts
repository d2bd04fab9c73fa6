import { FAULT_PRESETS } from '../config/fault-presets.ts';
import type { BackendKey, BackendSnapshot } from '../view/snapshot.ts';
import type { Action, ActionContext } from './action.ts';

/** Backends that have a key of their own. */
const NUMBERED = 9;

/** What is done with one backend, for each backend there is. */
export function backendActions({ snapshot, pool: shownName, instances }: ActionContext): readonly Action[] {
  const pools = snapshot?.pools ?? [];
  const shown = pools.find(({ name }) => name === shownName) ?? pools[0];
  const isInstance = ({ pool, backend }: BackendKey) =>
    instances.some((one) => one.pool === pool && one.name === backend);
  return pools.flatMap((pool) =>
    pool.backends.flatMap((backend, index) => {
      const key = { pool: pool.name, backend: backend.name };
      const actions = [
        toggle(key, backend, pool === shown && index < NUMBERED ? index + 1 : null),
        ...onDuty(key, backend),
        ...faults(key, backend),
        ...(isInstance(key) ? [] : inConfig(key)),
        ...around(key, backend),
      ];
      return pools.length === 1 ? actions : actions.map((action) => ({ ...action, note: pool.name }));
    }),
  );
}

function toggle(key: BackendKey, backend: BackendSnapshot, position: number | null): Action {
  const isOn = backend.admin === 'enabled';
  return {
    ...(position === null ? about(key) : { group: 'Backends', about: key }),
    id: idOf('toggle', key),
    name: isOn ? `Switch ${key.backend} off` : `Switch ${key.backend} on`,
    words: 'toggle enable disable in rotation',
    ...(position !== null && {
      accelerator: `CmdOrCtrl+${position}`,
      key: String(position),
      keyScreen: 'pool' as const,
    }),
    isAvailable: true,
    command: { kind: 'set-admin', ...key, state: isOn ? 'disabled' : 'enabled' },
  };
}

function onDuty(key: BackendKey, { admin, forced }: BackendSnapshot): readonly Action[] {
  const name = key.backend;
  const force = (to: 'up' | 'down' | null, words: string): Action => ({
    ...about(key),
    id: idOf(`force-${to ?? 'none'}`, key),
    name: words,
    words: 'health checks override',
    isAvailable: forced !== to,
    command: { kind: 'force-health', ...key, forced: to },
  });
  return [
    {
      ...about(key),
      id: idOf('drain', key),
      name: `Drain ${name}`,
      words: 'finish in flight out of rotation',
      isAvailable: admin === 'enabled',
      command: { kind: 'set-admin', ...key, state: 'draining' },
    },
    {
      ...about(key),
      id: idOf('probe', key),
      name: `Probe ${name} now`,
      words: 'health check',
      isAvailable: true,
      command: { kind: 'probe-now', ...key },
    },
    {
      ...about(key),
      id: idOf('fit-check', key),
      name: `Find a health check that fits ${name}`,
      words: 'path status tcp down mend repair',
      isAvailable: true,
      command: { kind: 'fit-check', ...key },
    },
    {
      ...about(key),
      id: idOf('reset-counters', key),
      name: `Reset the counters of ${name}`,
      words: 'zero clear figures statistics',
      isAvailable: true,
      command: { kind: 'reset-counters', ...key },
    },
    {
      ...about(key),
      id: idOf('drop-connections', key),
      name: `Drop the connections of ${name}`,
      words: 'cut close in flight idle reset',
      isAvailable: true,
      command: { kind: 'drop-connections', ...key },
    },
    force('up', `Force ${name} up`),
    force('down', `Force ${name} down`),
    force(null, `Leave ${name} to its checks`),
  ];
}

function faults(key: BackendKey, backend: BackendSnapshot): readonly Action[] {
  const name = key.backend;
  return [
    ...FAULT_PRESETS.map((preset) => ({
      ...about(key),
      id: idOf(`fault-${preset.title}`, key),
      name: `Simulate on ${name}: ${preset.title.charAt(0).toLowerCase()}${preset.title.slice(1)}`,
      words: `fault break inject failure ${preset.line}`,
      isAvailable: true,
      command: { kind: 'set-faults' as const, ...key, faults: preset.faults },
    })),
    {
      ...about(key),
      id: idOf('faults', key),
      name: `Simulate on ${name}: another fault…`,
      words: 'break inject failure latency hang error',
      isAvailable: true,
      command: { kind: 'dialog', name: 'faults', of: name, pool: key.pool },
    },
    {
      ...about(key),
      id: idOf('clear-faults', key),
      name: `Clear the faults of ${name}`,
      words: 'heal restore mend simulated',
      isAvailable: backend.faults.length > 0,
      command: { kind: 'set-faults', ...key, faults: [] },
    },
  ];
}

/** A server of the config can be edited; an instance of a command has no line there. */
function inConfig(key: BackendKey): readonly Action[] {
  const dialog = (what: 'edit-backend' | 'health-check', name: string): Action => ({
    ...about(key),
    id: idOf(what, key),
    name,
    words: 'change url name weight settings',
    isAvailable: true,
    command: { kind: 'dialog', name: what, of: key.backend, pool: key.pool },
  });
  return [
    dialog('edit-backend', `Edit ${key.backend}…`),
    dialog('health-check', `Health checks of ${key.backend} alone…`),
    {
      ...about(key),
      id: idOf('remove', key),
      name: `Remove ${key.backend}`,
      words: 'delete server',
      isAvailable: true,
      command: { kind: 'remove-backend', ...key },
    },
  ];
}

function around(key: BackendKey, { url }: BackendSnapshot): readonly Action[] {
  const name = key.backend;
  return [
    {
      ...about(key),
      id: idOf('history', key),
      name: `Health history of ${name}…`,
      words: 'probes uptime events timeline',
      isAvailable: true,
      command: { kind: 'dialog', name: 'health-history', of: name, pool: key.pool },
    },
    {
      ...about(key),
      id: idOf('copy', key),
      name: `Copy the URL of ${name}`,
      words: `address clipboard ${url}`,
      isAvailable: true,
      command: { kind: 'copy', text: url, what: 'Address' },
    },
    {
      ...about(key),
      id: idOf('open', key),
      name: `Open ${name} in the browser`,
      words: `address visit ${url}`,
      isAvailable: true,
      command: { kind: 'open-url', url },
    },
  ];
}

function about(key: BackendKey) {
  return { group: 'Backends', about: key, isSearchedOnly: true } as const;
}

function idOf(what: string, { pool, backend }: BackendKey): string {
  return `backend.${what}/${pool}/${backend}`;
}
