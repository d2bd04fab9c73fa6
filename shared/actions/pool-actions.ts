import { POLICIES, POLICY_WORDS } from '../config/policies.ts';
import type { PoolSnapshot } from '../view/snapshot.ts';
import type { Action, ActionContext } from './action.ts';

/** What is done with the pool on screen, and with pools as such. */
export function poolActions({ snapshot, pool: shownName }: ActionContext): readonly Action[] {
  const shown = snapshot?.pools.find(({ name }) => name === shownName) ?? snapshot?.pools[0];
  return [
    {
      id: 'pool.add-backend',
      group: 'Pool',
      name: 'Add backend…',
      words: 'new server',
      accelerator: 'CmdOrCtrl+N',
      ...(shown && { note: shown.name }),
      isAvailable: shown !== undefined,
      command: { kind: 'dialog', name: 'add-backend', ...(shown && { pool: shown.name }) },
    },
    {
      id: 'pool.add',
      group: 'Pool',
      name: 'Add a pool…',
      words: 'new group service',
      accelerator: 'CmdOrCtrl+Shift+N',
      isAvailable: snapshot !== null,
      command: { kind: 'dialog', name: 'add-pool' },
    },
    ...(shown
      ? actionsOn(shown, snapshot?.listeners.some(({ defaultPool }) => defaultPool === shown.name) ?? false)
      : []),
  ];
}

function actionsOn(pool: PoolSnapshot, isListenedFor: boolean): readonly Action[] {
  const about = { group: 'Pool', note: pool.name } as const;
  return [
    {
      ...about,
      id: 'pool.settings',
      name: 'Pool settings…',
      words: 'ejection slow start retries timeouts waiting queue',
      isAvailable: true,
      command: { kind: 'dialog', name: 'pool-settings', pool: pool.name },
    },
    {
      ...about,
      id: 'pool.policy-lab',
      name: 'Compare policies…',
      words: 'policy lab replay what if balance algorithm',
      isAvailable: true,
      command: { kind: 'dialog', name: 'policy-lab', pool: pool.name },
    },
    {
      ...about,
      id: 'pool.address',
      name: 'Change where it listens…',
      words: 'listener address port',
      isAvailable: isListenedFor,
      command: { kind: 'dialog', name: 'listener', pool: pool.name },
    },
    {
      ...about,
      id: 'pool.capture',
      name: pool.isCaptured ? 'Stop capturing bodies' : 'Capture bodies',
      words: 'requests answers payload content record',
      isAvailable: true,
      command: { kind: 'set-capture', pool: pool.name, isOn: !pool.isCaptured },
    },
    {
      ...about,
      id: 'pool.health-check',
      name: 'Health checks…',
      words: 'probe interval path rise fall',
      isAvailable: true,
      command: { kind: 'dialog', name: 'health-check', pool: pool.name },
    },
    {
      ...about,
      id: 'pool.reset-counters',
      name: 'Reset counters',
      words: 'zero clear figures statistics requests errors',
      isAvailable: true,
      command: { kind: 'reset-counters', pool: pool.name },
    },
    ...POLICIES.map((policy) => ({
      ...about,
      id: `pool.policy/${policy}`,
      name: `Policy: ${POLICY_WORDS[policy].title}`,
      words: `balance algorithm ${policy}`,
      isAvailable: policy !== pool.policy,
      isOn: policy === pool.policy,
      isSearchedOnly: true as const,
      command: { kind: 'set-policy' as const, pool: pool.name, policy },
    })),
  ];
}
