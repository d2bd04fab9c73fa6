import { Menu } from '@base-ui/react/menu';
import { FlaskConical } from 'lucide-react';
import { useMemo, useState } from 'react';
import { formatDuration } from '../../../shared/config/duration.ts';
import menu from '../../components/menu.module.css';
import { useApp } from '../../stores/use-app.ts';
import styles from './scenarios.module.css';
import type { writtenScenarios } from './written-scenarios.ts';

/** Plays a scenario of the config. */
export function ScenarioMenu() {
  const text = useApp((state) => state.config.text);
  const isPlaying = useApp((state) => state.scenario?.isPlaying ?? false);
  const report = useApp((state) => state.scenarioReport?.scenario ?? null);
  const play = useApp((state) => state.playScenario);
  const openDialog = useApp((state) => state.openDialog);
  /** What reads them knows the whole config, which is a lot to load for a menu that is closed. */
  const [reader, setReader] = useState<{ readonly read: typeof writtenScenarios } | null>(null);
  const load = () =>
    void import('./written-scenarios.ts').then(({ writtenScenarios: read }) => setReader({ read }));
  const scenarios = useMemo(() => reader?.read(text) ?? [], [reader, text]);
  return (
    <Menu.Root onOpenChange={load}>
      <Menu.Trigger
        className={styles.trigger}
        aria-label="Rehearse a scenario"
        title="Rehearse a scenario"
        onPointerEnter={load}
        onFocus={load}
      >
        <FlaskConical size={15} aria-hidden="true" />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner align="end" sideOffset={4}>
          <Menu.Popup className={menu.popup}>
            {scenarios.map(({ name, steps, lengthMs }) => (
              <Menu.Item
                key={name}
                className={menu.item}
                disabled={isPlaying}
                onClick={() => void play(name)}
              >
                Play {name}
                <span className={styles.about}>
                  {steps} step{steps === 1 ? '' : 's'}, {formatDuration(lengthMs)}
                </span>
              </Menu.Item>
            ))}
            {reader && scenarios.length === 0 && (
              <p className={styles.none}>
                A scenario is a timeline of failure, with steps such as <code>at 10s: users-1 crash</code>.
              </p>
            )}
            <Menu.Separator className={menu.separator} />
            {scenarios.map(({ name }) => (
              <Menu.Item key={name} className={menu.item} onClick={() => openDialog('scenario', name)}>
                Edit {name}…
              </Menu.Item>
            ))}
            {report && (
              <Menu.Item className={menu.item} onClick={() => openDialog('scenario-report')}>
                Report of {report}…
              </Menu.Item>
            )}
            <Menu.Item className={menu.item} onClick={() => openDialog('scenario')}>
              New scenario…
            </Menu.Item>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
