import { CircleAlert, FlaskConical, Info, LoaderCircle, SquareTerminal, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../../components/button.tsx';
import { useApp } from '../../stores/use-app.ts';
import { formatAge } from '../../stores/words.ts';
import { saidFault } from '../faults/said-fault.ts';
import { ReportBanner } from '../scenarios/report-banner.tsx';
import styles from './banners.module.css';

/** Backends the banner of faults names. */
const MOST_NAMED = 3;

/** What concerns the whole window: the engine, the file on disk, a line from the start. */
export function Banners() {
  return (
    <>
      <EngineBanner />
      <FileBanner />
      <CommandsBanner />
      <ScenarioBanner />
      <ReportBanner />
      <FaultsBanner />
      <Notice />
    </>
  );
}

function EngineBanner() {
  const engine = useApp((state) => state.engine);
  const setRunning = useApp((state) => state.setRunning);
  if (engine.kind === 'restarting') {
    return (
      <Banner tone="bad" Icon={LoaderCircle} isTurning>
        The engine stopped ({engine.reason}) and is being started again; until it is, nothing is listened on.
        Your config and switches are kept.
      </Banner>
    );
  }
  if (engine.kind !== 'failed') return null;
  return (
    <Banner tone="bad" Icon={CircleAlert}>
      <span className={styles.words}>
        <strong>The engine cannot be kept running: {engine.reason}.</strong> Nothing is listened on. Change
        the config if it may be the cause, or try once more.
      </span>
      <Button look="quiet" onClick={() => void setRunning(true)}>
        Start it again
      </Button>
    </Banner>
  );
}

/** On the config screen the same is said at its place. */
function FileBanner() {
  const [issue, ...others] = useApp((state) => state.config.fileIssues);
  const path = useApp((state) => state.config.path);
  const isShown = useApp((state) => state.screen !== 'config');
  const show = useApp((state) => state.show);
  if (!issue || !isShown) return null;
  return (
    <Banner tone="bad" Icon={CircleAlert}>
      <span className={styles.words}>
        <strong>{path?.split(/[\\/]/).at(-1) ?? 'The config'} is not in force:</strong> {issue.message}
        {others.length > 0 && ` And ${others.length} more.`}
      </span>
      <Button look="quiet" onClick={() => show('config')}>
        Show the config
      </Button>
    </Banner>
  );
}

/** A config is a file people send each other: what it would run, the user has to see first. */
function CommandsBanner() {
  const toAllow = useApp((state) => state.config.toAllow);
  const openDialog = useApp((state) => state.openDialog);
  if (toAllow.length === 0) return null;
  const [noun, verb] = toAllow.length === 1 ? ['command', 'does'] : ['commands', 'do'];
  return (
    <Banner tone="plain" Icon={SquareTerminal}>
      <span className={styles.words}>
        <strong>
          {toAllow.length} {noun} of this config {verb} not run yet:
        </strong>{' '}
        see what would run, and allow it if it may.
      </span>
      <Button look="quiet" onClick={() => openDialog('commands')}>
        Review {noun}
      </Button>
    </Banner>
  );
}

/** Where the scenario that plays has got to. */
function ScenarioBanner() {
  const scenario = useApp((state) => state.scenario);
  const nowMs = useApp((state) => state.snapshot?.at ?? 0);
  const stop = useApp((state) => state.stopScenario);
  if (!scenario?.isPlaying) return null;
  const { name, steps, done, startedAt } = scenario;
  const next = steps[done];
  const waitMs = next ? Math.max(0, startedAt + next.atMs - nowMs) : 0;
  const lengthMs = steps.at(-1)?.atMs ?? 0;
  const share = lengthMs === 0 ? 1 : Math.min(1, (nowMs - startedAt) / lengthMs);
  return (
    <Banner tone="simulated" Icon={FlaskConical}>
      <span className={styles.words}>
        <strong>Scenario {name}:</strong> {done} of {steps.length} steps done
        {next && `, next in ${formatAge(waitMs)}: ${next.text}`}
      </span>
      <span className={styles.progress} aria-hidden="true">
        <i style={{ width: `${share * 100}%` }} />
      </span>
      <Button look="quiet" onClick={() => void stop()}>
        Stop and restore
      </Button>
    </Banner>
  );
}

/** Whatever is simulated anywhere, so that nobody looks for a bug where there is a rehearsal. */
function FaultsBanner() {
  const pools = useApp((state) => state.snapshot?.pools);
  const clear = useApp((state) => state.clearFaults);
  const broken = (pools ?? []).flatMap(({ backends }) => backends.filter(({ faults }) => faults.length > 0));
  if (broken.length === 0) return null;
  const [words, ...more] = broken.map(
    ({ name, faults }) => `${name} ${faults.map(({ settings }) => saidFault(settings)).join(' and ')}`,
  );
  return (
    <Banner tone="simulated" Icon={FlaskConical}>
      <span className={styles.words} title={[words, ...more].join('\n')}>
        <strong>Simulated faults are active.</strong> {[words, ...more].slice(0, MOST_NAMED).join(' · ')}
        {broken.length > MOST_NAMED && ` · and ${broken.length - MOST_NAMED} more backends`}
      </span>
      <Button look="quiet" onClick={() => void clear()}>
        Clear all faults
      </Button>
    </Banner>
  );
}

function Notice() {
  const notice = useApp((state) => state.notice);
  const dismiss = useApp((state) => state.dismissNotice);
  if (notice === null) return null;
  return (
    <Banner tone="plain" Icon={Info}>
      <span className={styles.words}>{notice}</span>
      <Button look="icon" aria-label="Dismiss" onClick={dismiss}>
        <X size={14} aria-hidden="true" />
      </Button>
    </Banner>
  );
}

interface BannerProps {
  readonly tone: 'plain' | 'bad' | 'simulated';
  readonly Icon: typeof Info;
  readonly isTurning?: boolean;
  readonly children: ReactNode;
}

function Banner({ tone, Icon, isTurning = false, children }: BannerProps) {
  return (
    <div className={styles.banner} data-tone={tone} role={tone === 'bad' ? 'alert' : 'status'}>
      <Icon size={15} className={isTurning ? styles.turning : styles.icon} aria-hidden="true" />
      {children}
    </div>
  );
}
