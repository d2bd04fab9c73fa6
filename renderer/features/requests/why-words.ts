import type { ExchangeRecord, LeftOut, PickCandidate } from '../../../shared/view/exchange-record.ts';
import { formatMs } from '../../stores/words.ts';

const LEFT_OUT_WORDS: Readonly<Record<LeftOut, string>> = {
  disabled: 'switched off',
  draining: 'draining',
  'forced-down': 'forced down',
  down: 'down',
  ejected: 'ejected: it failed too often',
  full: 'at its limit',
  tried: 'tried already',
  backup: 'a backup; others could serve',
};

/** Why a candidate could not be picked, or that it could. */
export function candidateWords({ leftOut, inFlight }: PickCandidate): string {
  if (leftOut === null) return 'could serve';
  return leftOut === 'full' ? `at its limit of ${inFlight}` : LEFT_OUT_WORDS[leftOut];
}

/** What became of a request, in a sentence. */
export function outcomeWords({
  status,
  backend,
  attempts,
  refusal,
  pool,
  durationMs,
}: ExchangeRecord): string {
  const took = `after ${formatMs(durationMs)}`;
  const failed = attempts.filter(({ failure }) => failure !== null).length;
  if (status === 499) return `The client left ${took}, before its answer.`;
  if (refusal !== null && pool === null) return `Switchyard refused it with ${status}; no pool got it.`;
  if (backend === null) {
    const tries = failed === 0 ? '' : `, and ${failed === 1 ? 'one attempt' : `${failed} attempts`} failed`;
    return `Switchyard answered ${status} ${took}: no backend gave an answer${tries}.`;
  }
  const rescue =
    failed === 0
      ? ''
      : `; ${failed === 1 ? 'the attempt before it' : `the ${failed} attempts before it`} failed, which the client did not see`;
  return `${backend} answered ${status} ${took}${rescue}.`;
}
