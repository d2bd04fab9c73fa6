import { LoaderCircle } from 'lucide-react';
import { Button } from '../../components/button.tsx';
import { useApp } from '../../stores/use-app.ts';
import styles from './check-progress.module.css';

/** What the search for a health check asks right now, and a way past it. */
export function CheckProgressLine({ skipLabel, onSkip }: { readonly skipLabel: string; onSkip(): void }) {
  const progress = useApp((state) => state.checkSearch.progress);
  return (
    <p className={styles.line}>
      <LoaderCircle size={14} className={styles.turning} aria-hidden="true" />
      <span role="status" className={styles.words}>
        {progress ? `Asking ${place(progress.url)}: ${progress.asking}` : 'Finding a health check that fits'}
      </span>
      <Button look="quiet" onClick={onSkip}>
        {skipLabel}
      </Button>
    </p>
  );
}

function place(url: string): string {
  return url.replace(/^https?:\/\//, '');
}
