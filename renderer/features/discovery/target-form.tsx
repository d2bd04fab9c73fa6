import { useState } from 'react';
import type { Discovery } from '../../../shared/discovery.ts';
import { Button } from '../../components/button.tsx';
import form from '../../components/form.module.css';
import { SelectField } from '../../components/select-field.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useSingle } from '../../components/use-single.ts';
import type { FoundTarget } from '../../stores/discovery-actions.ts';
import { selectPool, useApp } from '../../stores/use-app.ts';
import styles from './find-dialog.module.css';
import { freeAddress, poolNameFor } from './found-servers.ts';

interface Props {
  readonly found: Discovery;
  readonly ticked: ReadonlySet<string>;
}

const OWN = 'own';
const NEW = 'new-pool';

/** Where the ticked servers go. */
export function TargetForm({ found, ticked }: Props) {
  const pools = useApp((state) => state.snapshot?.pools) ?? [];
  const listeners = useApp((state) => state.snapshot?.listeners) ?? [];
  const isDemo = useApp((state) => state.config.isDemo);
  const shown = useApp((state) => selectPool(state)?.name ?? '');
  const add = useApp((state) => state.addServers);
  const close = useApp((state) => state.closeDialog);
  const first = found.groups.find(({ servers }) => servers.some(({ url }) => ticked.has(url)));
  // Without a config that can be used there is nothing to add to.
  const startsAnew = isDemo || pools.length === 0;
  const [target, setTarget] = useState(startsAnew ? OWN : `pool ${shown}`);
  const [typedName, setName] = useState<string | null>(null);
  const [typedAddress, setAddress] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const name = typedName ?? poolNameFor(first, pools);
  const address = typedAddress ?? freeAddress(found, listeners);
  const options = startsAnew
    ? [{ value: OWN, label: isDemo ? 'a pool of their own, in place of the demo' : 'a pool of their own' }]
    : [
        ...pools.map((pool) => ({ value: `pool ${pool.name}`, label: `the pool ${pool.name}` })),
        { value: NEW, label: 'a new pool' },
      ];
  const submit = useSingle(async () => {
    const urls = found.groups
      .flatMap(({ servers }) => servers.map(({ url }) => url))
      .filter((url) => ticked.has(url));
    const failure = await add(urls, targetOf(target, name.trim(), address.trim()));
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
          <SelectField label="Add them to" value={target} options={options} onChange={setTarget} />
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
      <div className={styles.ends}>
        <Button onClick={close}>Cancel</Button>
        <Button look="accent" type="submit" disabled={count === 0}>
          {count === 0 ? 'Add backends' : `Add ${count} ${count === 1 ? 'backend' : 'backends'}`}
        </Button>
      </div>
    </form>
  );
}

function targetOf(target: string, pool: string, address: string): FoundTarget {
  if (target === OWN) return { kind: 'own' };
  if (target === NEW) return { kind: 'new-pool', pool, address };
  return { kind: 'pool', pool: target.replace(/^pool /, '') };
}
