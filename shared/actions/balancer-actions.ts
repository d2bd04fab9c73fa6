import type { Action, ActionContext } from './action.ts';

/** What concerns all pools at once, and the traffic sent to them. */
export function balancerActions(context: ActionContext): readonly Action[] {
  return [...switches(context), ...traffic(context), ...scenarios(context)];
}

function switches({ snapshot, hasCommandsToAllow }: ActionContext): readonly Action[] {
  const isRunning = snapshot?.isRunning ?? false;
  const faulty = (snapshot?.pools ?? []).flatMap(({ backends }) =>
    backends.filter(({ faults }) => faults.length > 0),
  );
  return [
    {
      id: 'balancer.running',
      group: 'Balancer',
      name: isRunning ? 'Stop the balancer' : 'Start the balancer',
      words: 'start stop on off pause listeners close open',
      accelerator: 'CmdOrCtrl+Shift+B',
      isAvailable: snapshot !== null,
      command: { kind: 'set-running', isRunning: !isRunning },
    },
    {
      id: 'balancer.clear-faults',
      group: 'Balancer',
      name: 'Clear all faults',
      words: 'heal restore mend simulated stop',
      accelerator: 'CmdOrCtrl+Shift+H',
      ...(faulty.length > 0 && { note: faulty.length === 1 ? '1 backend' : `${faulty.length} backends` }),
      isAvailable: faulty.length > 0,
      command: { kind: 'clear-faults' },
    },
    {
      id: 'balancer.commands',
      group: 'Balancer',
      name: 'Review commands that wait…',
      words: 'allow process run trust',
      isAvailable: hasCommandsToAllow,
      command: { kind: 'dialog', name: 'commands' },
    },
    ...(snapshot?.listeners ?? []).flatMap(({ name, url }) => [
      {
        id: `listener.copy/${name}`,
        group: 'Balancer' as const,
        name: `Copy ${url}`,
        words: 'address url listener clipboard',
        isAvailable: true,
        command: { kind: 'copy' as const, text: url, what: 'Address' },
      },
      {
        id: `listener.open/${name}`,
        group: 'Balancer' as const,
        name: `Open ${url} in the browser`,
        words: 'address url listener visit',
        isAvailable: isRunning,
        command: { kind: 'open-url' as const, url },
      },
    ]),
    {
      id: 'listener.add',
      group: 'Balancer',
      name: 'Add a listener…',
      words: 'new port address',
      isAvailable: snapshot !== null,
      command: { kind: 'dialog', name: 'add-listener' },
    },
  ];
}

function traffic({ snapshot, isSending }: ActionContext): readonly Action[] {
  const hasPool = (snapshot?.pools.length ?? 0) > 0;
  return [
    {
      id: 'traffic.send',
      group: 'Traffic',
      name: 'Send traffic…',
      words: 'load requests generate test benchmark',
      accelerator: 'CmdOrCtrl+T',
      isAvailable: hasPool,
      command: { kind: 'send-traffic' },
    },
    {
      id: 'traffic.stop',
      group: 'Traffic',
      name: 'Stop sending traffic',
      words: 'end load cancel',
      accelerator: 'CmdOrCtrl+Shift+T',
      isAvailable: isSending,
      command: { kind: 'stop-traffic' },
    },
  ];
}

function scenarios({ snapshot, scenarios: names, playing, report }: ActionContext): readonly Action[] {
  return [
    {
      id: 'scenario.stop',
      group: 'Traffic',
      name: playing === null ? 'Stop the scenario' : `Stop ${playing} and restore`,
      words: 'end scenario undo rehearsal',
      isAvailable: playing !== null,
      command: { kind: 'stop-scenario' },
    },
    ...names.map((scenario) => ({
      id: `scenario.play/${scenario}`,
      group: 'Traffic' as const,
      name: `Play ${scenario}`,
      words: 'scenario rehearse run failure timeline',
      isAvailable: playing === null,
      command: { kind: 'play-scenario' as const, scenario },
    })),
    ...names.map((scenario) => ({
      id: `scenario.edit/${scenario}`,
      group: 'Traffic' as const,
      name: `Edit ${scenario}…`,
      words: 'scenario steps timeline limits change',
      isSearchedOnly: true as const,
      isAvailable: true,
      command: { kind: 'dialog' as const, name: 'scenario' as const, of: scenario },
    })),
    {
      id: 'scenario.report',
      group: 'Traffic',
      name: report === null ? 'Report of the last scenario…' : `Report of ${report}…`,
      words: 'scenario result verdict passed failed limits',
      isAvailable: report !== null,
      command: { kind: 'dialog', name: 'scenario-report' },
    },
    {
      id: 'scenario.new',
      group: 'Traffic',
      name: 'New scenario…',
      words: 'write timeline failure rehearsal add',
      isAvailable: snapshot !== null,
      command: { kind: 'dialog', name: 'scenario' },
    },
  ];
}
