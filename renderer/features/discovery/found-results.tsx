import { useState } from 'react';
import type { Discovery } from '../../../shared/discovery.ts';
import { useApp } from '../../stores/use-app.ts';
import { FoundList } from './found-list.tsx';
import { addable } from './found-servers.ts';
import { TargetForm } from './target-form.tsx';

/** What one look has found, which of it is ticked, and where that goes. */
export function FoundResults({ found }: { readonly found: Discovery }) {
  const pools = useApp((state) => state.snapshot?.pools) ?? [];
  const [ticked, setTicked] = useState<ReadonlySet<string>>(() => {
    // Where there is nothing to choose between, the choice is made.
    const [only, ...others] = found.groups;
    return new Set(only && others.length === 0 ? addable(only, pools).map(({ url }) => url) : []);
  });
  const tick = (urls: readonly string[], isOn: boolean) => {
    const others = [...ticked].filter((url) => !urls.includes(url));
    setTicked(new Set(isOn ? [...others, ...urls] : others));
  };
  return (
    <>
      <FoundList found={found} ticked={ticked} onTick={tick} />
      <TargetForm found={found} ticked={ticked} />
    </>
  );
}
