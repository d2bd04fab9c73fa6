import { CircleCheck, CircleX, Info, X } from 'lucide-react';
import { verdictWords } from '../../../shared/text/verdict-words.ts';
import { Button } from '../../components/button.tsx';
import { useApp } from '../../stores/use-app.ts';
import banners from '../shell/banners.module.css';
import styles from './report.module.css';

const ICONS = { passed: CircleCheck, failed: CircleX, unjudged: Info } as const;

/** What the last scenario came to, until it is dismissed. */
export function ReportBanner() {
  const report = useApp((state) => state.scenarioReport);
  const isShown = useApp((state) => state.isReportNew);
  const openDialog = useApp((state) => state.openDialog);
  const dismiss = useApp((state) => state.dismissReport);
  if (!report || !isShown) return null;
  const Icon = ICONS[report.verdict];
  return (
    <div
      className={banners.banner}
      data-tone={report.verdict === 'failed' ? 'bad' : 'plain'}
      role={report.verdict === 'failed' ? 'alert' : 'status'}
    >
      <Icon size={15} className={`${banners.icon} ${styles[report.verdict]}`} aria-hidden="true" />
      <span className={banners.words}>
        <strong>Scenario {report.scenario}</strong> {verdictWords(report)}.
      </span>
      <span className={styles.end}>
        <Button look="quiet" onClick={() => openDialog('scenario-report')}>
          Show the report
        </Button>
        <Button look="icon" aria-label="Dismiss" onClick={dismiss}>
          <X size={14} aria-hidden="true" />
        </Button>
      </span>
    </div>
  );
}
