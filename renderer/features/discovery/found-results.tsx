import { useState } from 'react';
import type { Discovery } from '../../../shared/view/discovery.ts';
import { selectPool, useApp } from '../../stores/use-app.ts';
import { FoundList } from './found-list.tsx';
import { addable } from './found-servers.ts';
import { poolOfChoice, type TargetChoice, TargetForm } from './target-form.tsx';
import { useFoundChecks } from './use-found-checks.ts';

/** What one look has found, which of it is ticked, and where that goes. */
export function FoundResults({ found }: { readonly found: Discovery }) {
  const pools = useApp((state) => state.snapshot?.pools) ?? [];
  const [ticked, setTicked] = useState<ReadonlySet<string>>(() => {
    // Where there is nothing to choose between, the choice is made.
    const [only, ...others] = found.groups;
    return new Set(only && others.length === 0 ? addable(only, pools).map(({ url }) => url) : []);
  });
  const shown = useApp((state) => selectPool(state)?.name ?? '');
  const isDemo = useApp((state) => state.config.isDemo);
  // Without a config that can be used there is nothing to add to.
  const [target, setTarget] = useState<TargetChoice>(isDemo || pools.length === 0 ? 'own' : `pool ${shown}`);
  const search = useFoundChecks(ticked, poolOfChoice(target));
  const tick = (urls: readonly string[], isOn: boolean) => {
    const others = [...ticked].filter((url) => !urls.includes(url));
    setTicked(new Set(isOn ? [...others, ...urls] : others));
  };
  return (
    <>
      <FoundList found={found} ticked={ticked} checks={search.checks} onTick={tick} />
      <TargetForm found={found} ticked={ticked} search={search} target={target} onTarget={setTarget} />
    </>
  );
}
