import type { Incident } from '../../../shared/incident.ts';
import type { PoolSnapshot } from '../../../shared/snapshot.ts';
import { StandingMark } from '../../components/standing-mark.tsx';
import { useApp } from '../../stores/use-app.ts';
import { formatCount } from '../../stores/words.ts';
import card from '../pool/card.module.css';
import styles from './faults.module.css';

/** The rest of a large pool that is down as a whole reads the same. */
const MOST_LASTING = 4;
const MOST_ENDED = 3;

interface Shown {
  readonly backend: string;
  readonly incident: Incident;
}

/** What broke, and how long the balancer took to find out. */
export function DetectionGap({ pool }: { readonly pool: PoolSnapshot }) {
  const snapshot = useApp((state) => state.snapshot);
  const lasting = pool.backends.flatMap(({ name, incident }): Shown[] =>
    incident ? [{ backend: name, incident }] : [],
  );
  const ended = (snapshot?.events ?? [])
    .flatMap((event): Shown[] =>
      event.kind === 'incident' && event.pool === pool.name
        ? [{ backend: event.backend, incident: event.incident }]
        : [],
    )
    .slice(-MOST_ENDED)
    .reverse();
  if (!snapshot || lasting.length + ended.length === 0) return null;
  return (
    <section className={card.card} aria-labelledby="detection-gap">
      <header className={card.head}>
        <h2 className={card.title} id="detection-gap">
          Detection gap
        </h2>
        <span className={card.lead}>What broke, and how long it took to be noticed</span>
      </header>
      <ul className={styles.gaps}>
        {[...lasting.slice(0, MOST_LASTING), ...ended].map(({ backend, incident }) => (
          <Gap
            key={`${backend} ${incident.brokenAt}`}
            backend={backend}
            incident={incident}
            nowMs={snapshot.at}
          />
        ))}
      </ul>
      {lasting.length > MOST_LASTING && (
        <p className={styles.more}>and {lasting.length - MOST_LASTING} more that last</p>
      )}
    </section>
  );
}

function Gap({ backend, incident, nowMs }: Shown & { readonly nowMs: number }) {
  const { cause, isSimulated, brokenAt, firstErrorAt, markedDownAt, backAt, failed, rescued } = incident;
  const after = (at: number | null, otherwise: string) =>
    at === null ? otherwise : formatSpan(at - brokenAt);
  const figures = [
    { name: 'first error', value: after(firstErrorAt, 'none'), isBad: firstErrorAt !== null },
    { name: 'noticed', value: after(markedDownAt, backAt === null ? 'not yet' : 'never'), isBad: false },
    {
      name: backAt === null ? 'lasts' : 'over',
      value: formatSpan((backAt ?? nowMs) - brokenAt),
      isBad: false,
    },
    { name: 'failed', value: formatCount(failed), isBad: failed > 0 },
    { name: 'rescued', value: formatCount(rescued), isBad: false },
  ];
  return (
    <li className={styles.gap}>
      <StandingMark tone={isSimulated ? 'simulated' : 'bad'} />
      <span className={styles.what} title={`${backend}: ${cause}`}>
        <b>{backend}</b> {cause}
      </span>
      {figures.map(({ name, value, isBad }) => (
        <span key={name} className={styles.figure} data-bad={isBad}>
          {name} <b>{value}</b>
        </span>
      ))}
    </li>
  );
}

/** `430 ms`, `2.6 s`, `3 min`: from when it broke. */
function formatSpan(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  return ms < 60_000 ? `${(ms / 1_000).toFixed(1)} s` : `${Math.round(ms / 60_000)} min`;
}
