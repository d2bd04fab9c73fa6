import { Copy, Lock, LockOpen } from 'lucide-react';
import { useId, useState } from 'react';
import type { ListenerSnapshot } from '../../../shared/view/snapshot.ts';
import { Button } from '../../components/button.tsx';
import { Toggle } from '../../components/toggle.tsx';
import { useApp } from '../../stores/use-app.ts';
import styles from './https-field.module.css';

/** Whether a listener speaks https, and the certificate it does so with. */
export function HttpsField({ listener }: { readonly listener: ListenerSnapshot }) {
  const editWithUndo = useApp((state) => state.editWithUndo);
  const copy = useApp((state) => state.copy);
  const [isBusy, setBusy] = useState(false);
  const id = useId();
  const { name, tls, url } = listener;
  const isOn = url.startsWith('https:');
  const set = async (wanted: boolean) => {
    setBusy(true);
    await editWithUndo(
      { kind: 'set-tls', listener: name, isOn: wanted },
      wanted ? `${listener.address} speaks https now.` : `${listener.address} speaks plain http now.`,
    );
    setBusy(false);
  };
  const [Icon, words] = isOn ? ([Lock, 'https'] as const) : ([LockOpen, 'plain http'] as const);
  return (
    <div className={styles.field}>
      <span className={styles.label} id={id}>
        Protocol
      </span>
      <div className={styles.box}>
        <Icon size={14} aria-hidden="true" className={isOn ? styles.on : styles.off} />
        <span className={styles.words}>{words}</span>
        <Toggle label="https" isOn={isOn} isDisabled={isBusy} onChange={(wanted) => void set(wanted)} />
      </div>
      {tls === null ? (
        <p className={styles.hint}>https comes with a certificate that Switchyard makes</p>
      ) : (
        <p className={styles.certificate}>
          <span className={styles.line}>
            {tls.isSelfSigned ? 'Certificate by Switchyard:' : 'Your certificate:'}
          </span>
          <span className={`mono ${styles.path}`} title={tls.certificatePath}>
            {/* Its end tells more than its beginning. */}
            <bdi>{tls.certificatePath}</bdi>
          </span>
          <Button
            look="icon"
            aria-label="Copy the path of the certificate"
            title="Copy its path, for clients to trust it"
            onClick={() => copy(tls.certificatePath, 'Path of the certificate')}
          >
            <Copy size={12} aria-hidden="true" />
          </Button>
        </p>
      )}
    </div>
  );
}
