import type { z } from 'zod';
import { fail, ok, type Result } from '../../../shared/calls/result.ts';
import type { BackendKey } from '../../../shared/view/snapshot.ts';
import {
  configShape,
  outputShape,
  type ProcessesState,
  problemShape,
  processesShape,
  type State,
  stateShape,
} from './state-shape.ts';

const TIMEOUT_MS = 10_000;

export interface Asking {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: object;
}

/** Asks a running instance. Every failure is one line for whoever typed the command. */
export class ControlClient {
  readonly #url: string;
  readonly #token: string;

  constructor(url: string, token: string) {
    this.#url = url;
    this.#token = token;
  }

  async state(): Promise<Result<{ readonly text: string; readonly state: State }, string>> {
    const text = await this.#ask({ method: 'GET', path: '/v1/state' });
    if (!text.ok) return text;
    const state = read(stateShape, text.value);
    return state ? ok({ text: text.value, state }) : fail(this.#notUs());
  }

  /** What runs for the commands of the config. */
  async processes(): Promise<Result<ProcessesState, string>> {
    return this.#read({ method: 'GET', path: '/v1/processes' }, processesShape);
  }

  async act({ pool, backend }: BackendKey, action: string): Promise<Result<ProcessesState, string>> {
    const path = `/v1/pools/${encodeURIComponent(pool)}/instances/${encodeURIComponent(backend)}/act`;
    return this.#read({ method: 'POST', path, body: { action } }, processesShape);
  }

  /** The last lines of a process, oldest first. */
  async output({ pool, backend }: BackendKey): Promise<Result<readonly string[], string>> {
    const path = `/v1/pools/${encodeURIComponent(pool)}/instances/${encodeURIComponent(backend)}/output`;
    const output = await this.#read({ method: 'GET', path }, outputShape);
    return output.ok ? ok(output.value.lines.map(({ text }) => text)) : output;
  }

  async scale(pool: string, command: string, instances: number): Promise<Result<ProcessesState, string>> {
    const path = `/v1/pools/${encodeURIComponent(pool)}/commands/${encodeURIComponent(command)}/scale`;
    return this.#read({ method: 'POST', path, body: { instances } }, processesShape);
  }

  /** What names the text in force. */
  async revision(isReloaded: boolean): Promise<Result<string, string>> {
    const text = await this.#ask(
      isReloaded ? { method: 'POST', path: '/v1/config/reload' } : { method: 'GET', path: '/v1/config' },
    );
    if (!text.ok) return text;
    const config = read(configShape, text.value);
    return config ? ok(config.revision) : fail(this.#notUs());
  }

  /** @param what `admin`, `probe` or `health`, and what it takes */
  async command({ pool, backend }: BackendKey, what: string, body?: object): Promise<Result<string, string>> {
    const path = `/v1/pools/${encodeURIComponent(pool)}/backends/${encodeURIComponent(backend)}/${what}`;
    return this.#ask({ method: 'POST', path, ...(body && { body }) });
  }

  /** No backend of any pool has faults any more. */
  clearFaults(): Promise<Result<string, string>> {
    return this.#ask({ method: 'POST', path: '/v1/faults/clear' });
  }

  async #read<T>(asking: Asking, shape: z.ZodType<T>): Promise<Result<T, string>> {
    const text = await this.#ask(asking);
    if (!text.ok) return text;
    const value = read(shape, text.value);
    return value === null ? fail(this.#notUs()) : ok(value);
  }

  async #ask({ method, path, body }: Asking): Promise<Result<string, string>> {
    let status: number;
    let text: string;
    try {
      const answer = await fetch(`${this.#url}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${this.#token}`,
          ...(body && { 'content-type': 'application/json' }),
        },
        ...(body && { body: JSON.stringify(body) }),
        // The token is for this server only.
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      status = answer.status;
      text = await answer.text();
    } catch (error) {
      return fail(this.#unreachable(error));
    }
    if (status < 300) return ok(text);
    const problem = read(problemShape, text);
    if (!problem) return fail(this.#notUs());
    if (problem.code === 'wrong-token')
      return fail(`the token is not the one of ${this.#url}; give it with --token-file or SWITCHYARD_TOKEN`);
    return fail(problem.detail.replace(/\.$/, ''));
  }

  #unreachable(error: unknown): string {
    if (error instanceof Error && error.name === 'TimeoutError')
      return `${this.#url} has not answered within ${TIMEOUT_MS / 1_000} s`;
    return `nothing answers at ${this.#url}; is it running, with --control?`;
  }

  #notUs(): string {
    return `what answers at ${this.#url} is not Switchyard`;
  }
}

function read<T>(shape: z.ZodType<T>, text: string): T | null {
  try {
    const parsed = shape.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
