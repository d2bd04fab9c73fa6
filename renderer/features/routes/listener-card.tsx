import { type FormEvent, useState } from 'react';
import type { ConfigFailure } from '../../../shared/config/config-document.ts';
import { formatListenAddress, parseListenAddress } from '../../../shared/config/listen-address.ts';
import type { ListenerSnapshot } from '../../../shared/view/snapshot.ts';
import { Button } from '../../components/button.tsx';
import { SelectField } from '../../components/select-field.tsx';
import { TextField } from '../../components/text-field.tsx';
import { failureWords } from '../../stores/config-actions.ts';
import { useApp } from '../../stores/use-app.ts';
import { splitIssues } from '../pool/split-issues.ts';
import { HttpsField } from './https-field.tsx';
import styles from './routes-screen.module.css';

/** Where a listener listens, and where requests go that no route is for. */
export function ListenerCard({ listener }: { readonly listener: ListenerSnapshot }) {
  const pools = useApp((state) => state.snapshot?.pools) ?? [];
  const editConfig = useApp((state) => state.editConfig);
  const showRoutes = useApp((state) => state.showRoutes);
  const [address, setAddress] = useState(listener.address);
  const [failure, setFailure] = useState<ConfigFailure | null>(null);
  const [poolError, setPoolError] = useState<string | null>(null);
  const problems = splitIssues(failure, ['address', 'port']);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const typed = address.trim();
    const result = await editConfig({ kind: 'set-address', listener: listener.name, address: typed });
    setFailure(result.ok ? null : result.error);
    if (!result.ok) return;
    // One without a name of its own goes by its address, and so has another name now.
    const parsed = parseListenAddress(typed);
    if (listener.name === listener.address && parsed.ok) showRoutes(formatListenAddress(parsed.value));
  };
  const choosePool = async (pool: string) => {
    const result = await editConfig({ kind: 'set-default-pool', listener: listener.name, pool });
    setPoolError(result.ok ? null : failureWords(result.error));
  };
  return (
    <form className={styles.listener} onSubmit={(event) => void save(event)}>
      <div className={styles.addressField}>
        <TextField
          label="Address"
          isMono
          value={address}
          onChange={setAddress}
          error={problems.fields.address ?? problems.fields.port ?? problems.rest}
          hint={
            listener.isReachableFromNetwork
              ? 'Other machines can reach it; ":8080" is for this one alone'
              : 'This machine only; "0.0.0.0:8080" lets other machines in'
          }
        />
        <div className={styles.saveAddress}>
          <Button type="submit" disabled={address.trim() === listener.address}>
            Save
          </Button>
        </div>
      </div>
      <SelectField
        label="Default pool"
        value={listener.defaultPool}
        options={pools.map(({ name }) => ({ value: name, label: name }))}
        onChange={(pool) => void choosePool(pool)}
        error={poolError}
        hint="Gets every request that no route is for"
      />
      <HttpsField listener={listener} />
    </form>
  );
}
