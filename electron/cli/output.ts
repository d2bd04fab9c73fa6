import { formatDuration } from '../../shared/duration.ts';
import type { EngineEvent, Snapshot } from '../../shared/snapshot.ts';

/** Where the command line speaks: one line a fact, or with `--json` one object a line. */
export class Output {
  readonly #isJson: boolean;

  constructor(isJson: boolean) {
    this.#isJson = isJson;
  }

  /** Ready: to stdout, for people and for scripts that wait for it. */
  listening(snapshot: Snapshot): void {
    for (const listener of snapshot.listeners) {
      if (listener.state.kind !== 'listening') continue;
      const pool = snapshot.pools.find((one) => one.name === listener.defaultPool);
      const count = pool?.backends.length ?? 0;
      const policy = pool?.policy ?? '';
      const url = listener.url.replace('localhost', '127.0.0.1');
      const words = `listening on ${url} → ${count} backend${count === 1 ? '' : 's'} (${policy})`;
      this.#write(process.stdout, words, {
        event: 'listening',
        listener: listener.name,
        url,
        backends: count,
        policy,
      });
    }
  }

  event(event: EngineEvent): void {
    const words = describeEvent(event);
    if (words !== null) this.#write(process.stderr, words, { event: event.kind, ...event });
  }

  note(words: string, event: string): void {
    this.#write(process.stderr, words, { event, message: words });
  }

  error(words: string): void {
    this.#write(process.stderr, `switchyard: ${words}`, { event: 'error', message: words });
  }

  #write(stream: NodeJS.WriteStream, words: string, fields: object): void {
    stream.write(`${this.#isJson ? JSON.stringify(fields) : words}\n`);
  }
}

/** One line about an event; null for those that go without saying here. */
export function describeEvent(event: EngineEvent): string | null {
  switch (event.kind) {
    case 'backend-down':
      return `${event.pool}/${event.backend} is down: ${event.reason}`;
    case 'backend-up':
      return `${event.pool}/${event.backend} is back after ${formatDuration(event.downMs)}`;
    case 'admin':
      return `${event.pool}/${event.backend} is ${event.state}`;
    case 'config-applied':
      return `config reloaded: ${event.summary}`;
    case 'listener-failed':
      return event.reason;
    case 'listening':
    case 'engine-restarted':
      return null;
  }
}
