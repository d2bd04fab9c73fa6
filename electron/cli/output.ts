import { formatDuration } from '../../shared/config/duration.ts';
import { withAdvice } from '../../shared/text/health-advice.ts';
import { incidentWords } from '../../shared/text/incident-words.ts';
import type { EngineEvent } from '../../shared/view/engine-event.ts';
import type { OutputLine } from '../../shared/view/output-line.ts';
import type { ListenerSnapshot, Snapshot } from '../../shared/view/snapshot.ts';
import type { FailedRequest } from '../engine/core/failed-request.ts';
import { describeFailedRequest } from './failed-request-words.ts';
import { printLine } from './print.ts';

/** Where the command line speaks: one line a fact, or with `--json` one object a line. */
export class Output {
  /** Configs put in force after the first. */
  reloads = 0;
  /** What is put in force now is the same config with other instances. */
  isInstanceChange = false;
  readonly #isJson: boolean;
  readonly #ready: NodeJS.WriteStream;
  /** The lines for what listens now, so that a reload tells only what is new. */
  #said = new Set<string>();

  /** @param ready where it is said what listens */
  constructor(isJson: boolean, ready: NodeJS.WriteStream = process.stdout) {
    this.#isJson = isJson;
    this.#ready = ready;
  }

  /** Ready: to stdout, for people and for scripts that wait for it. */
  listening(snapshot: Snapshot): void {
    const listening = snapshot.listeners.filter(({ state }) => state.kind === 'listening');
    const lines = listening.map((listener) => describeListener(listener, snapshot));
    for (const { words, fields, trust } of lines) {
      if (this.#said.has(words)) continue;
      this.#write(this.#ready, words, { event: 'listening', ...fields });
      if (trust !== null && !this.#isJson) printLine(process.stderr, trust);
    }
    this.#said = new Set(lines.map(({ words }) => words));
  }

  event(event: EngineEvent): void {
    // An instance that joins or leaves is no reload.
    if (event.kind === 'config-applied' && this.isInstanceChange) {
      this.#write(process.stderr, event.summary, { event: 'instances', ...event, kind: 'instances' });
      return;
    }
    if (event.kind === 'config-applied') this.reloads++;
    const words = describeEvent(event);
    if (words !== null) this.#write(process.stderr, words, { event: event.kind, ...event });
  }

  failedRequest(failed: FailedRequest): void {
    const words = describeFailedRequest(failed);
    this.#write(process.stderr, words, { event: 'request-failed', ...failed });
  }

  failedRequestsOmitted(count: number): void {
    const words = `${count} more failed request${count === 1 ? '' : 's'} in this second`;
    this.#write(process.stderr, words, { event: 'requests-failed-omitted', count });
  }

  commandsChanged(): void {
    this.reloads++;
    this.note('config reloaded: its commands have changed', 'commands-changed');
  }

  /** Of an instance, behind its name. */
  line(instance: string, { stream, text }: OutputLine): void {
    this.#write(process.stderr, `${instance} | ${text}`, { event: 'output', instance, stream, text });
  }

  /** @param token null when the user has chosen it */
  control(url: string, token: string | null): void {
    this.#write(process.stderr, `control server on ${url}`, {
      event: 'control',
      url,
      ...(token !== null && { token }),
    });
    if (token !== null && !this.#isJson) printLine(process.stderr, `control token: ${token}`);
  }

  note(words: string, event: string): void {
    this.#write(process.stderr, words, { event, message: words });
  }

  error(words: string, fields: object = {}): void {
    this.#write(process.stderr, `switchyard: ${words}`, { event: 'error', message: words, ...fields });
  }

  #write(stream: NodeJS.WriteStream, words: string, fields: object): void {
    printLine(stream, this.#isJson ? JSON.stringify(fields) : words);
  }
}

function describeListener(
  listener: ListenerSnapshot,
  { pools }: Snapshot,
): { words: string; fields: object; trust: string | null } {
  const pool = pools.find((one) => one.name === listener.defaultPool);
  const backends = pool?.backends.length ?? 0;
  const policy = pool?.policy ?? '';
  // An address rather than a name, so that whoever reads it need not guess which loopback is meant.
  const loopback = listener.address.startsWith('[::]') ? '[::1]' : '127.0.0.1';
  const url = listener.url.replace('localhost', loopback);
  const { name, isReachableFromNetwork, tls } = listener;
  const families = listener.address.startsWith('[::]') ? ' over IPv4 and IPv6' : '';
  const open = isReachableFromNetwork ? `, reachable from the network${families}` : '';
  return {
    words: `listening on ${url} → ${backends} backend${backends === 1 ? '' : 's'} (${policy})${open}`,
    fields: {
      ...{ listener: name, url, backends, policy, isReachableFromNetwork },
      ...(tls && { certificate: tls.certificatePath }),
    },
    trust: tls?.isSelfSigned ? `its certificate, for clients to trust: ${tls.certificatePath}` : null,
  };
}

/** One line about an event; null for those that go without saying here. */
export function describeEvent(event: EngineEvent): string | null {
  switch (event.kind) {
    case 'backend-down':
      return `${event.pool}/${event.backend} is down: ${withAdvice(event.reason, event.cause)}`;
    case 'backend-still-down':
      return `${event.pool}/${event.backend} is still down, now because: ${withAdvice(event.reason, event.cause)}`;
    case 'backend-unreachable':
      return `${event.pool}/${event.backend} cannot be reached: ${withAdvice(event.reason, event.cause)}`;
    case 'backend-busy':
      if (event.reason === null) return `${event.pool}/${event.backend} responds to its checks again`;
      return `${event.pool}/${event.backend} is busy, not down: ${event.reason}`;
    case 'tries-anyway':
      if (event.isOn)
        return `${event.pool}: every backend is down by its checks; requests are sent to those that may respond`;
      return `${event.pool}: requests are no longer sent to backends that are down (${event.requests} were)`;
    case 'backend-up':
      return `${event.pool}/${event.backend} is back after ${formatDuration(event.downMs)}: ${event.reason}`;
    case 'backend-ejected':
      return `${event.pool}/${event.backend} is ejected for ${formatDuration(event.forMs)}: ${event.reason}`;
    case 'backend-returned':
      return `${event.pool}/${event.backend} is back after ${formatDuration(event.afterMs)} out`;
    case 'admin':
      return `${event.pool}/${event.backend} is ${event.state}`;
    case 'health-forced':
      if (event.forced === null) return `${event.pool}/${event.backend} is left to its checks again`;
      return `${event.pool}/${event.backend} is forced ${event.forced}`;
    case 'faults-set':
      if (event.faults.length === 0) return `${event.pool}/${event.backend} has no faults any more`;
      return `${event.pool}/${event.backend} has faults from now on: ${event.faults.join('; ')}`;
    case 'incident':
      return `${event.pool}/${event.backend}: ${incidentWords(event.incident)}`;
    case 'scenario':
      return `scenario ${event.scenario}: ${event.words}`;
    case 'fault-over':
      return `${event.pool}/${event.backend} has got over its fault: ${event.fault}`;
    case 'config-applied':
      return `config reloaded: ${event.summary}`;
    case 'listener-failed':
      return event.reason;
    case 'listening':
    case 'engine-restarted':
      return null;
  }
}
