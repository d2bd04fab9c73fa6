import { X } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { CommandFailure } from '../../../shared/calls/contract.ts';
import type { Result } from '../../../shared/calls/result.ts';
import type { ExchangeView } from '../../../shared/view/exchange-record.ts';
import { Button } from '../../components/button.tsx';
import { useApp } from '../../stores/use-app.ts';
import { DetailTabs } from './detail-tabs.tsx';
import { RequestActions } from './request-actions.tsx';
import styles from './request-detail.module.css';
import { outcomeWords } from './why-words.ts';

/** One request in full: what became of it, its headers both ways, every attempt, and why each went where it went. */
interface Props {
  readonly id: number;
  onClose(): void;
  /** Another one is to be shown. */
  onShow(id: number): void;
}

export function RequestDetail({ id, onClose, onShow }: Props) {
  const exchange = useApp((state) => state.exchange);
  const [found, setFound] = useState<Result<ExchangeView, CommandFailure> | null>(null);
  useEffect(() => {
    let isWanted = true;
    void exchange(id).then((result) => {
      if (isWanted) setFound(result);
    });
    return () => {
      isWanted = false;
    };
  }, [exchange, id]);
  return (
    <section className={styles.detail} aria-label="Request">
      <Button look="icon" className={styles.close} aria-label="Close the request" onClick={onClose}>
        <X size={15} aria-hidden="true" />
      </Button>
      {found?.ok && <Found detail={found.value} onShow={onShow} />}
      {found && !found.ok && (
        <p className={styles.gone} role="alert">
          {found.error.message}
        </p>
      )}
    </section>
  );
}

function Found({ detail, onShow }: { readonly detail: ExchangeView; onShow(id: number): void }) {
  const [isRevealed, setRevealed] = useState(false);
  const { method, target } = detail;
  return (
    <>
      <header className={styles.header}>
        <h2 className={styles.request} title={target}>
          {method === '' ? (
            'Not a readable request'
          ) : (
            <>
              <span className="mono">{method}</span> <span className={`mono ${styles.target}`}>{target}</span>
            </>
          )}
        </h2>
        <p className={styles.outcome}>{outcomeWords(detail)}</p>
        <RequestActions detail={detail} isRevealed={isRevealed} onSent={onShow} />
      </header>
      <DetailTabs detail={detail} isRevealed={isRevealed} onReveal={setRevealed} />
    </>
  );
}
