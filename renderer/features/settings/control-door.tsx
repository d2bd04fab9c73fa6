import { Copy, RefreshCw } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { useApp } from '../../stores/use-app.ts';
import styles from './settings-screen.module.css';

interface Props {
  readonly url: string;
}

/** Where the control API answers, and its token: main copies that, the window never has it. */
export function ControlDoor({ url }: Props) {
  const copy = useApp((state) => state.copy);
  const copyToken = useApp((state) => state.copyToken);
  const [isRenewing, setRenewing] = useState(false);
  return (
    <dl className={styles.door}>
      <dt>Answers at</dt>
      <dd>
        <code className={`mono ${styles.secret}`}>{url}</code>
        <Button look="icon" aria-label={`Copy ${url}`} title="Copy" onClick={() => copy(url, 'Address')}>
          <Copy size={13} aria-hidden="true" />
        </Button>
        <Button look="quiet" onClick={() => void copyToken('curl')}>
          Copy a cURL command
        </Button>
      </dd>
      <dt>Token</dt>
      <dd>
        <code className={`mono ${styles.secret}`}>{'•'.repeat(24)}</code>
        <Button look="icon" aria-label="Copy the token" title="Copy" onClick={() => void copyToken('token')}>
          <Copy size={13} aria-hidden="true" />
        </Button>
        <Button look="quiet" onClick={() => setRenewing(true)}>
          <RefreshCw size={13} aria-hidden="true" /> Renew…
        </Button>
      </dd>
      {isRenewing && <RenewDialog onClose={() => setRenewing(false)} />}
    </dl>
  );
}

function RenewDialog({ onClose }: { onClose(): void }) {
  const renew = useApp((state) => state.renewToken);
  return (
    <ConfirmDialog
      title="Renew the token?"
      lead="Programs that use the one of now are turned away until they have the new one."
      no="Keep it"
      yes="Renew the token"
      onYes={() => void renew()}
      onClose={onClose}
    />
  );
}
