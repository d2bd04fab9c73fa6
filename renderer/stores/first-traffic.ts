import type { TrafficForm } from './app-state.ts';

/** What *Send traffic* begins with: enough to see it spread, and soon over. */
export const FIRST_TRAFFIC: TrafficForm = {
  kind: 'count',
  method: 'GET',
  path: '/',
  requests: '300',
  concurrency: '10',
  perSecond: '50',
  seconds: '30',
  headers: '',
  body: '',
  weight: '1',
  morePaths: [],
};
