import { join } from 'node:path';
import type { Clock } from '../../electron/engine/system/clock.ts';
import { type ProcessSpec, Supervisor } from '../../electron/services/processes/supervisor.ts';
import { answers } from './processes.ts';
import { until } from './until.ts';

const SERVICE = join(import.meta.dirname, 'fixtures/echo-port.mjs');
/** As a user would type it. */
export const SERVICE_COMMAND = `"${process.execPath}" "${SERVICE}"`;

/** Real time that passes so many times faster, for back-off and limits. */
export function hurriedClock(factor: number): Clock {
  return {
    now: () => performance.now() * factor,
    after: (delayMs, run) => {
      const timer = setTimeout(run, delayMs / factor);
      return () => clearTimeout(timer);
    },
  };
}

/** A supervisor of real processes, known by an entry of their environment. */
export class Supervised {
  readonly mark = `SWITCHYARD_TEST_MARK=${crypto.randomUUID()}`;
  /** Names of backends, in the order they were drained. */
  readonly drained: string[] = [];
  readonly supervisor: Supervisor;

  constructor(clock: Clock) {
    this.supervisor = new Supervisor({
      clock,
      readiness: () => answers,
      drain: async (_pool, backend) => {
        this.drained.push(backend);
      },
      onChange: () => undefined,
      onCrash: () => undefined,
      onLine: () => undefined,
    });
  }

  spec(changes: Partial<ProcessSpec> = {}): ProcessSpec {
    const [key = '', value] = this.mark.split('=');
    return {
      pool: 'default',
      name: 'users',
      command: SERVICE_COMMAND,
      cwd: import.meta.dirname,
      instances: 1,
      ...changes,
      env: { PATH: process.env['PATH'], [key]: value, ...changes.env },
    };
  }

  instance(name: string) {
    const found = this.supervisor.find('default', name);
    if (!found) throw new Error(`there is no instance ${name}`);
    return found;
  }

  states(): string[] {
    return this.supervisor.instances.map(({ instance }) => `${instance.name} ${instance.state.kind}`);
  }

  async shows(...states: string[]): Promise<void> {
    const isSo = () => this.states().join() === states.join();
    await until(() => `${states.join()}; there is ${this.states().join()}`, isSo, 10_000);
  }

  async hear(name: string): Promise<string> {
    const answer = await fetch(`http://127.0.0.1:${this.instance(name).port}/`);
    return answer.text();
  }

  lines(name: string): string[] {
    return this.instance(name)
      .output.since(0)
      .map(({ text }) => text);
  }
}
