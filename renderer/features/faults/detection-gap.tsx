import type { Incident } from '../../../shared/view/incident.ts';
import type { PoolSnapshot } from '../../../shared/view/snapshot.ts';
import { StandingMark } from '../../components/standing-mark.tsx';
import { useApp } from '../../stores/use-app.ts';
import { formatCount } from '../../stores/words.ts';
import card from '../pool/card.module.css';
import styles from './faults.module.css';

/** The rest of a large pool that is down as a whole reads the same. */
const MOST_LASTING = 4;
const MOST_ENDED = 3;

const FIGURES = [
  { name: 'first error', title: 'From when it broke to the first client that got an error for it' },
  { name: 'noticed', title: 'From when it broke to when it was taken out' },
  { name: 'lasted', title: 'From when it broke to when it was back' },
  { name: 'client errors', title: 'Requests whose client got an error for it' },
  {
    name: 'rescued',
    title: 'Requests that failed at it and were served elsewhere: their clients saw no error',
  },
] as const;
type Figure = (typeof FIGURES)[number]['name'];

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
        <li className={styles.gap} aria-hidden="true">
          {FIGURES.map(({ name, title }) => (
            <span key={name} className={styles.heading} title={title}>
              {name}
            </span>
          ))}
        </li>
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
  const lasted = formatSpan((backAt ?? nowMs) - brokenAt);
  const figures: Readonly<Record<Figure, string>> = {
    'first error': after(firstErrorAt, 'none'),
    noticed: after(markedDownAt, backAt === null ? 'not yet' : 'never'),
    lasted: backAt === null ? `${lasted} so far` : lasted,
    'client errors': formatCount(failed),
    rescued: formatCount(rescued),
  };
  return (
    <li className={styles.gap}>
      <StandingMark tone={isSimulated ? 'simulated' : 'bad'} />
      <span className={styles.what} title={`${backend}: ${cause}`}>
        <b>{backend}</b> {cause}
      </span>
      {FIGURES.map(({ name }) => (
        <span key={name} className={styles.figure} data-bad={name === 'client errors' && failed > 0}>
          <span className={styles.spoken}>{name} </span>
          <b>{figures[name]}</b>
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
