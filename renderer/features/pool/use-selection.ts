import { useCallback, useRef, useState } from 'react';

export interface Selection {
  readonly names: ReadonlySet<string>;
  /** @param isRange from the one toggled before to this one, in the order of the rows */
  readonly toggle: (name: string, isRange: boolean) => void;
  readonly setAll: (isOn: boolean) => void;
  readonly clear: () => void;
}

/** @param rows names in the order they are drawn; what is not among them any more is not selected either */
export function useSelection(rows: readonly string[]): Selection {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const anchor = useRef<string | null>(null);
  const drawn = useRef(rows);
  drawn.current = rows;
  // The same function from one batch to the next, for rows to stay as they are.
  const toggle = useCallback((name: string, isRange: boolean) => {
    const from = anchor.current;
    anchor.current = name;
    setChosen((before) =>
      toggled(before, between(drawn.current, isRange ? from : null, name), !before.has(name)),
    );
  }, []);
  return {
    names: new Set(rows.filter((name) => chosen.has(name))),
    toggle,
    setAll: (isOn) => setChosen(new Set(isOn ? rows : [])),
    clear: () => setChosen(new Set()),
  };
}

function between(rows: readonly string[], from: string | null, to: string): readonly string[] {
  const [start, end] = [from === null ? -1 : rows.indexOf(from), rows.indexOf(to)];
  return start === -1 ? [to] : rows.slice(Math.min(start, end), Math.max(start, end) + 1);
}

function toggled(before: ReadonlySet<string>, names: readonly string[], isOn: boolean): ReadonlySet<string> {
  const next = new Set(before);
  for (const name of names) {
    if (isOn) next.add(name);
    else next.delete(name);
  }
  return next;
}
