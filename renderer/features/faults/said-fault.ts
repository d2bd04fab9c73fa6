import type { FaultSettings } from '../../../shared/config/fault-schema.ts';
import { formatCount, sayDuration } from '../../stores/words.ts';

/** What a backend with the fault does, after its name: `answers 503 to 30 % of requests`. */
export function saidFault(fault: FaultSettings): string {
  const whom = whomOf(fault);
  const scope = whom === '' ? '' : ` ${fault.type === 'error' ? 'to' : 'for'} ${whom}`;
  return `${effectOf(fault)}${scope}${endOf(fault)}`;
}

/** The same as a label, without whom and when: `answers 503`, `200 ms late`. */
export function faultLabel(fault: FaultSettings): string {
  switch (fault.type) {
    case 'crash':
      return 'crashed';
    case 'latency':
      return `${sayDuration(fault.latency)} late`;
    case 'error':
      return `answers ${fault.status}`;
    case 'hang':
      return 'hangs';
    case 'bandwidth':
      return `${formatCount(fault.rate)} KB/s`;
    case 'slow-headers':
      return 'slow heads';
    case 'reset':
      return 'resets';
    case 'truncate':
      return 'cuts short';
    case 'slicer':
      return 'fragments';
    case 'slow-close':
      return 'slow to close';
    case 'flap':
      return 'flaps';
  }
}

function effectOf(fault: FaultSettings): string {
  switch (fault.type) {
    case 'crash':
      return 'refuses connections';
    case 'latency': {
      const spread = fault.jitter === undefined ? '' : ` ± ${sayDuration(fault.jitter)}`;
      const what = fault.direction === 'to-backend' ? 'gets requests' : 'answers';
      return `${what} ${sayDuration(fault.latency)}${spread} late`;
    }
    case 'error':
      return `answers ${fault.status}`;
    case 'hang':
      return fault.timeout === undefined ? 'never answers' : `hangs up after ${sayDuration(fault.timeout)}`;
    case 'bandwidth':
      return `carries ${formatCount(fault.rate)} KB/s a connection`;
    case 'slow-headers':
      return `takes ${sayDuration(fault.duration)} over the head of an answer`;
    case 'reset':
      if (fault.bytes !== undefined) return `resets the connection after ${formatCount(fault.bytes)} bytes`;
      return fault.timeout === undefined
        ? 'resets connections at once'
        : `resets the connection after ${sayDuration(fault.timeout)}`;
    case 'truncate':
      return `cuts answers short after ${formatCount(fault.bytes)} bytes`;
    case 'slicer':
      return fault.direction === 'to-backend'
        ? `gets requests in fragments of ${formatCount(fault.averageSize)} bytes`
        : `answers in fragments of ${formatCount(fault.averageSize)} bytes`;
    case 'slow-close':
      return `closes connections ${sayDuration(fault.delay)} late`;
    case 'flap':
      return `works for ${sayDuration(fault.up)} and is crashed for ${sayDuration(fault.down)}, in turn`;
  }
}

/** Nothing where it hits all there is. */
function whomOf({ affects, probability, first, every, match }: FaultSettings): string {
  const noun = affects === 'checks' ? 'health checks' : 'requests';
  const headers = Object.entries(match?.headers ?? {}).map(([name, value]) => `${name}: ${value}`);
  const what = [
    ...(match?.method === undefined ? [] : [match.method]),
    noun,
    ...(match?.path === undefined ? [] : [`to ${match.path}`]),
    ...(headers.length === 0 ? [] : [`with ${headers.join(' and ')}`]),
  ].join(' ');
  const some = first === undefined ? what : `the first ${formatCount(first)} ${what}`;
  if (probability !== undefined && probability < 1)
    return `${Number((probability * 100).toFixed(2))} % of ${some}`;
  if (every !== undefined && every > 1)
    return `one in ${formatCount(every)} ${first === undefined ? some : `of ${some}`}`;
  return some === 'requests' && affects === 'both' ? '' : some;
}

function endOf({ times, for: spanMs }: FaultSettings): string {
  const most = times === undefined ? '' : `, ${times === 1 ? 'once' : `${formatCount(times)} times`}`;
  return spanMs === undefined ? most : `${most}, for ${sayDuration(spanMs)} in all`;
}
