import { REPAIR_WORDS } from '../../../shared/text/repair-words.ts';
import type { AttemptRecord, ExchangeRecord } from '../../../shared/view/exchange-record.ts';
import { formatBytes, formatMs } from '../../stores/words.ts';
import { Simulated } from '../faults/simulated.tsx';
import styles from './request-detail.module.css';
import { timeOf } from './time-of.ts';
import { Why } from './why.tsx';

/** Where a request came from, every attempt, and why each went where it went. */
export function WhatHappened({ record }: { readonly record: ExchangeRecord }) {
  const { attempts, unserved, refusal, client, listener, pool, at, bytesIn, bytesOut } = record;
  return (
    <>
      <dl className={styles.facts}>
        {refusal && (
          <>
            <dt>Reason</dt>
            <dd className={styles.reason}>{refusal.message}</dd>
          </>
        )}
        <dt>When</dt>
        <dd>{timeOf(at)}</dd>
        <dt>From</dt>
        <dd className="mono">{client}</dd>
        <dt>Through</dt>
        <dd>
          {listener} →{' '}
          {pool ?? (refusal ? 'no pool: refused before routing' : 'no pool: answered by its route')}
        </dd>
        <dt>Body</dt>
        <dd>
          {formatBytes(bytesIn)} sent, {formatBytes(bytesOut)} received
        </dd>
      </dl>
      {attempts.map((attempt, index) => (
        // An attempt is its place, and stays it.
        // biome-ignore lint/suspicious/noArrayIndexKey: attempts are never reordered
        <section key={index} className={styles.attempt} aria-label={`Attempt ${index + 1}`}>
          <h3 className={styles.title}>
            {attempts.length > 1 ? `Attempt ${index + 1}: ${attempt.backend}` : attempt.backend}
            <span className={styles.verdict} data-bad={attempt.failure !== null}>
              {attempt.failure ?? 'answered'}
            </span>
            <Simulated faults={attempt.faults} />
          </h3>
          {attempt.repairs.map((repair) => (
            <p key={repair} className={styles.lead}>
              {REPAIR_WORDS[repair]}
            </p>
          ))}
          <Timing attempt={attempt} totalMs={record.durationMs} />
          {attempt.why && <Why why={attempt.why} picked={attempt.backend} />}
        </section>
      ))}
      {unserved && <Why why={unserved} picked={null} />}
      {attempts.some(({ why }) => why === null) && (
        <p className={styles.lead}>Why it went there was not recorded: nobody was watching yet.</p>
      )}
    </>
  );
}

/** When in the exchange it was: connecting, waiting for the answer, and the answer itself. */
function Timing({ attempt, totalMs }: { readonly attempt: AttemptRecord; readonly totalMs: number }) {
  const { startMs, durationMs, connectedMs, answeredMs } = attempt;
  const share = (ms: number) => `${totalMs === 0 ? 0 : (100 * ms) / totalMs}%`;
  const connected = connectedMs ?? durationMs;
  const answered = answeredMs ?? durationMs;
  const parts = [
    { name: 'connect', from: 0, to: connected },
    { name: 'wait', from: connected, to: answered },
    { name: 'answer', from: answered, to: durationMs },
  ];
  const words = [
    connectedMs === null
      ? 'not connected'
      : connectedMs === 0
        ? 'connection kept'
        : `connected in ${formatMs(connectedMs)}`,
    answeredMs === null ? 'no answer' : `answer began after ${formatMs(answeredMs)}`,
    `${formatMs(durationMs)} in all`,
  ];
  return (
    <>
      <div className={styles.track} aria-hidden="true">
        {parts.map(({ name, from, to }) => (
          <i
            key={name}
            data-part={name}
            data-bad={attempt.failure !== null}
            style={{ left: share(startMs + from), width: share(to - from) }}
          />
        ))}
      </div>
      <p className={styles.lead}>{words.join(' · ')}</p>
    </>
  );
}
