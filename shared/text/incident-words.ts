import { formatDuration } from '../config/duration.ts';
import type { Incident } from '../view/incident.ts';

/** `crash noticed after 1.2s; 7 requests failed, 5 rescued; over after 4s`: what an incident came to. */
export function incidentWords({ cause, brokenAt, markedDownAt, backAt, failed, rescued }: Incident): string {
  const noticed =
    markedDownAt === null ? 'never noticed' : `noticed after ${formatDuration(markedDownAt - brokenAt)}`;
  const requests = `${failed} request${failed === 1 ? '' : 's'} failed, ${rescued} rescued`;
  const back = backAt === null ? '' : `; over after ${formatDuration(backAt - brokenAt)}`;
  return `${cause} ${noticed}; ${requests}${back}`;
}
