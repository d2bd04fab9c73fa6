import type { EndedExchange } from '../http/record/observer.ts';
import type { LabMember, RecordedRequest, Recording } from '../lab/recording.ts';
import type { Backend } from '../pool/backend.ts';

/** What the log holds of a pool, for those who replay it: backends that are out by the user's doing take no part. */
export function recordingOf(
  pool: string,
  backends: readonly Backend[],
  log: readonly EndedExchange[],
): Recording {
  const members = backends.filter(({ admin }) => admin === 'enabled').map(memberOf);
  const present = new Set(members.map(({ name }) => name));
  const requests = log
    .filter((exchange) => exchange.pool === pool)
    .flatMap(requestOf)
    .filter(({ backend }) => present.has(backend))
    .sort((a, b) => a.atMs - b.atMs);
  return { members, requests };
}

function memberOf({ config }: Backend): LabMember {
  const { name, weight, backup, maxConnections } = config;
  return { name, weight, isBackup: backup, maxConnections };
}

function requestOf(exchange: EndedExchange): readonly RecordedRequest[] {
  const { at, client, target, status, durationMs: totalMs, attempts } = exchange;
  const answer = attempts.at(-1);
  // 101 begins a tunnel: it lasts as long as its ends like, wherever it goes.
  if (!answer || answer.failure !== null || status === 101) return [];
  const path = target.split('?', 1)[0] ?? target;
  return [{ atMs: at, client, path, backend: answer.backend, durationMs: answer.durationMs, totalMs }];
}
