import { Dialog } from '@base-ui/react/dialog';
import { Command, defaultFilter } from 'cmdk';
import { Search } from 'lucide-react';
import { useContext, useEffect, useMemo, useRef, useState } from 'react';
import type { Action } from '../../../shared/actions/action.ts';
import { allActions } from '../../../shared/actions/all-actions.ts';
import { StoreContext, useApp } from '../../stores/use-app.ts';
import { writtenScenarios } from '../scenarios/written-scenarios.ts';
import { actionContext } from './action-context.ts';
import { Keys } from './keys.tsx';
import styles from './palette.module.css';
import { type RankedGroup, rankActions } from './rank.ts';
import { loadRecent, saveRecent } from './recent-actions.ts';

/** These put the focus where it belongs by themselves, and so does a dialog. */
const MOVES_FOCUS: readonly string[] = ['filter-log', 'send-traffic', 'remove-backend'];

/** Every action of the app, by a few letters of its name. */
export default function PaletteDialog() {
  const setOpen = useApp((state) => state.setPaletteOpen);
  const carryOut = useApp((state) => state.carryOut);
  const isMac = useApp((state) => state.platform === 'darwin');
  const store = useContext(StoreContext);
  const [query, setQuery] = useState('');
  const [recent] = useState(loadRecent);
  const groups = useRanked(query, recent);
  const isFocusMoved = useRef(false);
  const list = useRef<HTMLDivElement>(null);
  // The best answer is at the top, wherever the list was.
  // biome-ignore lint/correctness/useExhaustiveDependencies: with every change of the query
  useEffect(() => list.current?.scrollTo({ top: 0 }), [query]);
  const run = (action: Action) => {
    saveRecent(action.id);
    setOpen(false);
    carryOut(action.command);
    isFocusMoved.current =
      MOVES_FOCUS.includes(action.command.kind) || (store?.getState().dialog ?? null) !== null;
  };
  return (
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && setOpen(false)}>
      <Dialog.Portal>
        <Dialog.Backdrop className={styles.backdrop} />
        <Dialog.Popup className={styles.popup} finalFocus={() => !isFocusMoved.current}>
          <Dialog.Title className={styles.hidden}>Search or run an action</Dialog.Title>
          <Command shouldFilter={false} loop label="Actions" className={styles.command}>
            <div className={styles.search}>
              <Search size={16} aria-hidden="true" />
              <Command.Input
                value={query}
                onValueChange={setQuery}
                placeholder="Search or run…"
                spellCheck={false}
              />
              <kbd className={styles.escape}>Esc</kbd>
            </div>
            <Command.List ref={list} className={styles.list} label="Actions">
              <Command.Empty className={styles.none}>
                Nothing is called “{query.trim()}”. Try a backend, a screen, or a word such as drain.
              </Command.Empty>
              {groups.map(({ heading, actions }) => (
                <Command.Group key={heading} heading={heading} className={styles.group}>
                  {actions.map((action) => (
                    <Line key={action.id} action={action} isMac={isMac} onRun={run} />
                  ))}
                </Command.Group>
              ))}
            </Command.List>
          </Command>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** Kept up to date while it is open: what a line says is what it would do now. */
function useRanked(query: string, recent: readonly string[]): readonly RankedGroup[] {
  const text = useApp((state) => state.config.text);
  const state = useApp((all) => all);
  const scenarios = useMemo(() => writtenScenarios(text).map(({ name }) => name), [text]);
  const recentFiles = useRecentFiles();
  return rankActions(
    allActions(actionContext(state, { scenarios, recentFiles })),
    query,
    recent,
    defaultFilter,
  );
}

/** As they are when the palette opens; none until main has answered. */
function useRecentFiles(): readonly string[] {
  const recentConfigs = useApp((state) => state.recentConfigs);
  const [paths, setPaths] = useState<readonly string[]>([]);
  useEffect(() => {
    void recentConfigs().then((files) =>
      setPaths(files.flatMap(({ path, isMissing }) => (isMissing ? [] : [path]))),
    );
  }, [recentConfigs]);
  return paths;
}

interface LineProps {
  readonly action: Action;
  readonly isMac: boolean;
  onRun(action: Action): void;
}

function Line({ action, isMac, onRun }: LineProps) {
  const { id, name, note, accelerator, key } = action;
  return (
    <Command.Item value={id} className={styles.item} onSelect={() => onRun(action)}>
      <span className={styles.name} title={name}>
        {name}
      </span>
      {note !== undefined && <span className={styles.note}>{note}</span>}
      <Keys accelerator={accelerator ?? key ?? null} isMac={isMac} />
    </Command.Item>
  );
}
