import { PROCESS_ACTIONS } from '../calls/process-actions.ts';
import { MAX_INSTANCES } from '../view/processes.ts';
import type { Action, ActionContext } from './action.ts';

/** What is done, for real, to the processes that Switchyard runs for the commands of the config. */
export function processActions(context: ActionContext): readonly Action[] {
  return [...scales(context), ...deeds(context)];
}

function scales({ commands }: ActionContext): readonly Action[] {
  return commands.flatMap(({ pool, name, wanted }) => {
    const scale = (id: string, words: string, instances: number): Action => ({
      id: `pool.${id}/${pool}/${name}`,
      group: 'Pool',
      name: words,
      words: 'scale process command count',
      note: `${pool}, ${wanted === 1 ? '1 instance' : `${wanted} instances`}`,
      isAvailable: instances >= 0 && instances <= MAX_INSTANCES,
      command: { kind: 'scale-command', pool, command: name, instances },
    });
    return [
      scale('scale-up', `One more instance of ${name}`, wanted + 1),
      scale('scale-down', `One instance of ${name} fewer`, wanted - 1),
    ];
  });
}

function deeds({ instances }: ActionContext): readonly Action[] {
  return instances.flatMap(({ pool, name, state }) => {
    const of = (id: string) =>
      ({
        id: `process.${id}/${pool}/${name}`,
        group: 'Backends',
        about: { pool, backend: name },
        isSearchedOnly: true,
        isAvailable: true,
      }) as const;
    const dialog = (what: 'process-output' | 'kill-process') =>
      ({ kind: 'dialog', name: what, of: name, pool }) as const;
    return [
      {
        ...of('output'),
        name: `Output of ${name}…`,
        words: 'process log stdout',
        command: dialog('process-output'),
      },
      ...PROCESS_ACTIONS[state].map(
        ({ action, label, title }): Action => ({
          ...of(action),
          name: `${label} the process ${name}${action === 'kill' ? '…' : ''}`,
          words: title,
          // It cannot be undone, and so asks first.
          command:
            action === 'kill'
              ? dialog('kill-process')
              : { kind: 'act-on-process', pool, backend: name, action },
        }),
      ),
    ];
  });
}
