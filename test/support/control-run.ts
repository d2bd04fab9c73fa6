import { request } from 'node:http';
import type { CliBench, CliRun } from './cli-run.ts';
import { OpenApi } from './open-api.ts';

export interface Telling {
  readonly body?: unknown;
  /** In place of those that a good client sends; undefined leaves one out. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
}

export interface Told {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly text: string;
  /** The body as JSON. */
  readonly value: unknown;
}

const api = new OpenApi();

/** A served instance with its control server. Every answer is held against the OpenAPI document. */
export class ControlRun {
  readonly run: CliRun;
  /** Where it balances. */
  url = '';
  port = 0;
  token = '';

  constructor(run: CliRun) {
    this.run = run;
  }

  static async start(bench: CliBench, config: string, ...flags: string[]): Promise<ControlRun> {
    const run = bench.run('serve', '--config', config, '--control', '127.0.0.1:0', ...flags);
    const control = new ControlRun(run);
    control.url = await run.listening();
    await run.says(/control server on http:\/\/127\.0\.0\.1:\d+\n/);
    control.port = Number(/control server on http:\/\/127\.0\.0\.1:(\d+)/.exec(run.err)?.[1]);
    control.token = /^control token: (\S+)$/m.exec(run.err)?.[1] ?? '';
    return control;
  }

  get controlUrl(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async ask(method: string, path: string, { body, headers = {} }: Telling = {}): Promise<Told> {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const sent = {
      host: `127.0.0.1:${this.port}`,
      authorization: `Bearer ${this.token}`,
      ...(text !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    };
    const wanted = Object.fromEntries(Object.entries(sent).filter(([, value]) => value !== undefined));
    const told = await send(this.port, method, path, wanted, text);
    api.check({
      method,
      path,
      status: told.status,
      type: String(told.headers['content-type']),
      body: told.text,
    });
    return told;
  }
}

function send(
  port: number,
  method: string,
  path: string,
  headers: NodeJS.Dict<string>,
  body: string | undefined,
): Promise<Told> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, method, path, headers, agent: false }, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (part) => {
        text += part;
      });
      answer.on('error', reject);
      answer.on('end', () => {
        const isJson = String(answer.headers['content-type']).includes('json');
        const value: unknown = isJson ? JSON.parse(text) : null;
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text, value });
      });
    });
    asked.on('error', reject);
    asked.end(body);
  });
}
