import { ArrowRight } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ListenerSnapshot } from '../../../shared/view/snapshot.ts';
import { TextField } from '../../components/text-field.tsx';
import { useApp } from '../../stores/use-app.ts';
import type { Destination } from './destination.ts';
import { keyWords } from './route-words.ts';
import styles from './routes-screen.module.css';

interface Props {
  readonly listener: ListenerSnapshot;
  readonly text: string;
  readonly problem: string | null;
  readonly destination: Destination | null;
  onChange(text: string): void;
}

/** Type an address; see where a request for it would go. Nothing is sent. */
export function WhichRoute({ listener, text, problem, destination, onChange }: Props) {
  return (
    <div className={styles.which}>
      <TextField
        label="Which route?"
        isMono
        value={text}
        onChange={onChange}
        error={problem}
        placeholder={`${listener.url}/orders/7`}
        hint="An address or a path, to see where a request for it would go; nothing is sent"
      />
      {destination && (
        <p className={styles.destination} role="status" aria-label="Where it goes">
          <ArrowRight size={14} aria-hidden="true" />
          <span>
            {destination.route ? (
              <>
                Route <Address>{keyWords(destination.route)}</Address>{' '}
              </>
            ) : (
              'No route fits, so the listener '
            )}
            <Doing goesTo={destination.goesTo} />
            {destination.otherPort !== null &&
              ` That is what this listener would do; port ${destination.otherPort} is not its own.`}
          </span>
        </p>
      )}
    </div>
  );
}

function Doing({ goesTo }: { readonly goesTo: Destination['goesTo'] }) {
  const show = useApp((state) => state.show);
  if (goesTo.kind === 'answer') return <>answers {goesTo.status} by itself.</>;
  if (goesTo.kind === 'redirect')
    return (
      <>
        sends the client to <Address>{goesTo.location}</Address> with status {goesTo.status}.
      </>
    );
  return (
    <>
      sends it to pool{' '}
      <button type="button" className={styles.link} onClick={() => show('pool', goesTo.pool)}>
        {goesTo.pool}
      </button>
      , where a backend gets <Address>{goesTo.target}</Address>
      {goesTo.isBehindBasePaths ? ' behind its own base path.' : '.'}
    </>
  );
}

function Address({ children }: { readonly children: ReactNode }) {
  return <span className={`mono ${styles.strong}`}>{children}</span>;
}
