import { useState } from 'react';
import type { Discovery } from '../../../shared/view/discovery.ts';
import { Button } from '../../components/button.tsx';
import form from '../../components/form.module.css';
import { SelectField } from '../../components/select-field.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useSingle } from '../../components/use-single.ts';
import type { FoundTarget } from '../../stores/discovery-actions.ts';
import { useApp } from '../../stores/use-app.ts';
import { CheckProgressLine } from '../health/check-progress.tsx';
import styles from './find-dialog.module.css';
import { freeAddress, poolNameFor } from './found-servers.ts';
import type { FoundChecks } from './use-found-checks.ts';

/** A config of one's own, a new pool, or the pool named. */
export type TargetChoice = typeof OWN | typeof NEW | `pool ${string}`;

interface Props {
  readonly found: Discovery;
  readonly ticked: ReadonlySet<string>;
  readonly search: FoundChecks;
  readonly target: TargetChoice;
  onTarget(target: TargetChoice): void;
}

const OWN = 'own';
const NEW = 'new-pool';

/** Where the ticked servers go. */
export function TargetForm({ found, ticked, search, target, onTarget }: Props) {
  const pools = useApp((state) => state.snapshot?.pools) ?? [];
  const listeners = useApp((state) => state.snapshot?.listeners) ?? [];
  const isDemo = useApp((state) => state.config.isDemo);
  const add = useApp((state) => state.addServers);
  const close = useApp((state) => state.closeDialog);
  const first = found.groups.find(({ servers }) => servers.some(({ url }) => ticked.has(url)));
  // Without a config that can be used there is nothing to add to.
  const startsAnew = isDemo || pools.length === 0;
  const [typedName, setName] = useState<string | null>(null);
  const [typedAddress, setAddress] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const name = typedName ?? poolNameFor(first, pools);
  const address = typedAddress ?? freeAddress(found, listeners);
  const options: readonly { readonly value: TargetChoice; readonly label: string }[] = startsAnew
    ? [{ value: OWN, label: isDemo ? 'a pool of their own, in place of the demo' : 'a pool of their own' }]
    : [
        ...pools.map((pool) => ({ value: `pool ${pool.name}` as const, label: `the pool ${pool.name}` })),
        { value: NEW, label: 'a new pool' },
      ];
  const submit = useSingle(async () => {
    const checked = found.groups
      .flatMap(({ servers }) => servers.map(({ url }) => url))
      .filter((url) => ticked.has(url))
      .flatMap((url) => search.checks.get(url) ?? []);
    const failure = await add(checked, targetOf(target, name.trim(), address.trim()));
    setProblem(failure);
    if (failure === null) close();
  });
  const count = ticked.size;
  return (
    <form
      className={styles.target}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {count > 0 && (
        <div className={form.row}>
          <SelectField label="Add them to" value={target} options={options} onChange={onTarget} />
          {target === NEW && (
            <>
              <TextField label="Name" value={name} onChange={setName} />
              <TextField label="Listens on" isMono value={address} onChange={setAddress} />
            </>
          )}
        </div>
      )}
      {problem !== null && (
        <p className={styles.trouble} role="alert">
          {problem}
        </p>
      )}
      {search.isSearching && <CheckProgressLine skipLabel="Skip" onSkip={search.skip} />}
      <div className={styles.ends}>
        <Button onClick={close}>Cancel</Button>
        <Button look="accent" type="submit" disabled={count === 0 || search.isSearching}>
          {count === 0 ? 'Add backends' : `Add ${count} ${count === 1 ? 'backend' : 'backends'}`}
        </Button>
      </div>
    </form>
  );
}

/** Whose check holds for what is added; null for the default check. */
export function poolOfChoice(target: TargetChoice): string | null {
  return target === OWN || target === NEW ? null : target.replace(/^pool /, '');
}

function targetOf(target: TargetChoice, pool: string, address: string): FoundTarget {
  if (target === OWN) return { kind: 'own' };
  if (target === NEW) return { kind: 'new-pool', pool, address };
  return { kind: 'pool', pool: poolOfChoice(target) ?? '' };
}
