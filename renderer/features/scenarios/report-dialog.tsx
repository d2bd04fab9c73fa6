import { formatDuration } from '../../../shared/config/duration.ts';
import { verdictWords } from '../../../shared/text/verdict-words.ts';
import type { IncidentReport, LimitVerdict, ScenarioReport } from '../../../shared/view/scenario-report.ts';
import { Button } from '../../components/button.tsx';
import form from '../../components/form.module.css';
import { Modal } from '../../components/modal.tsx';
import { StandingMark } from '../../components/standing-mark.tsx';
import { useApp } from '../../stores/use-app.ts';
import { formatCount } from '../../stores/words.ts';
import styles from './report.module.css';

const TITLES = { passed: 'Passed', failed: 'Failed', unjudged: 'Not judged' } as const;
const TONES = { passed: 'ok', failed: 'bad', unjudged: 'unknown' } as const;

/** What the last scenario came to: pass or fail, and why. */
export function ReportDialog() {
  const report = useApp((state) => state.scenarioReport);
  return report && <Dialog report={report} />;
}

function Dialog({ report }: { readonly report: ScenarioReport }) {
  const close = useApp((state) => state.closeDialog);
  const save = useApp((state) => state.saveReport);
  const { scenario, verdict, limits, incidents, durationMs, seed, leftOut } = report;
  const words = verdictWords(report).replace(/^(passed|failed): /, '');
  return (
    <Modal
      title={`Report of ${scenario}`}
      lead={`${formatDuration(durationMs)}${seed === null ? '' : `, seed ${seed}`}`}
      isWide
      onClose={close}
    >
      <p className={styles.verdict} data-verdict={verdict}>
        <StandingMark tone={TONES[verdict]} />
        <b>{TITLES[verdict]}</b>
        <span>{words}</span>
      </p>
      <Figures report={report} />
      {limits.length > 0 && <Limits limits={limits} />}
      {incidents.length > 0 && <Incidents incidents={incidents} leftOut={leftOut} />}
      <div className={form.actions}>
        <Button onClick={close}>Close</Button>
        <Button look="accent" onClick={() => void save()}>
          Save…
        </Button>
      </div>
    </Modal>
  );
}

function Figures({ report: { clients, incidents } }: { readonly report: ScenarioReport }) {
  const rescued = incidents.reduce((sum, one) => sum + one.rescued, 0);
  const figures = [
    { name: 'Requests', value: clients ? formatCount(clients.requests) : '–' },
    { name: 'Client-visible errors', value: clients ? formatCount(clients.errors) : '–' },
    { name: 'Rescued by a retry', value: formatCount(rescued) },
    { name: 'p95', value: clients?.latency ? `${clients.latency.p95Ms.toFixed(1)} ms` : '–' },
  ];
  return (
    <dl className={styles.figures}>
      {figures.map(({ name, value }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Limits({ limits }: { readonly limits: readonly LimitVerdict[] }) {
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">Limit</th>
          <th scope="col">Wanted</th>
          <th scope="col">Measured</th>
          <th scope="col">Verdict</th>
        </tr>
      </thead>
      <tbody>
        {limits.map(({ name, title, allowed, measured, isKept }) => (
          <tr key={name}>
            <td>{title}</td>
            <td>{allowed}</td>
            <td>{measured}</td>
            <td className={isKept ? styles.passed : styles.failed}>
              <span className={styles.kept}>
                <StandingMark tone={isKept ? 'ok' : 'bad'} /> {isKept ? 'kept' : 'broken'}
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const MOST_SHOWN = 50;

interface IncidentsProps {
  readonly incidents: readonly IncidentReport[];
  readonly leftOut: number;
}

function Incidents({ incidents, leftOut }: IncidentsProps) {
  const after = (ms: number | null, otherwise: string) => (ms === null ? otherwise : formatDuration(ms));
  const more = leftOut + Math.max(0, incidents.length - MOST_SHOWN);
  return (
    <>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Backend</th>
            <th scope="col">Cause</th>
            <th scope="col">First error</th>
            <th scope="col">Noticed</th>
            <th scope="col">Lasted</th>
            <th scope="col">Client errors</th>
            <th scope="col">Rescued</th>
          </tr>
        </thead>
        <tbody>
          {incidents.slice(0, MOST_SHOWN).map((one) => (
            <tr key={`${one.pool} ${one.backend} ${one.brokenAtMs}`}>
              <td>{one.backend}</td>
              <td>{one.cause}</td>
              <td>{after(one.firstErrorAfterMs, 'none')}</td>
              <td>{after(one.detectedAfterMs, 'never')}</td>
              <td>{after(one.recoveredAfterMs, 'not yet')}</td>
              <td>{formatCount(one.clientErrors)}</td>
              <td>{formatCount(one.rescued)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {more > 0 && <p className={styles.more}>and {formatCount(more)} more</p>}
    </>
  );
}
