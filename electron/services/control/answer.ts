import { STATUS_CODES } from 'node:http';

/** What goes back to whoever called. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What has gone wrong, by a name that programs can go by. */
export type ProblemCode =
  | 'bad-request'
  | 'bad-body'
  | 'unknown-field'
  | 'no-token'
  | 'wrong-token'
  | 'wrong-host'
  | 'foreign-origin'
  | 'unknown-path'
  | 'wrong-method'
  | 'unknown-pool'
  | 'unknown-backend'
  | 'unknown-scenario'
  | 'unknown-instance'
  | 'unknown-command'
  | 'not-json'
  | 'too-large'
  | 'too-many-streams'
  | 'too-many-connections'
  | 'refused'
  | 'invalid'
  | 'conflict'
  | 'not-applied'
  | 'not-saved'
  | 'unexpected';

export interface ProblemOptions {
  readonly headers?: Readonly<Record<string, string>>;
  /** Members beside those of the RFC. */
  readonly members?: Readonly<Record<string, unknown>>;
}

export function json(value: unknown, headers: Readonly<Record<string, string>> = {}): Answer {
  return {
    status: 200,
    headers: { 'content-type': 'application/json', ...headers },
    body: `${JSON.stringify(value)}\n`,
  };
}

/**
 * An error in the form of RFC 9457. Its type is `about:blank`, so its title is the status in words (section 4.2.1).
 * @param detail a whole sentence that names the mend
 */
export function problem(
  status: number,
  code: ProblemCode,
  detail: string,
  { headers = {}, members = {} }: ProblemOptions = {},
): Answer {
  const body = { type: 'about:blank', title: STATUS_CODES[status] ?? '', status, detail, code, ...members };
  return {
    status,
    headers: { 'content-type': 'application/problem+json', ...headers },
    body: `${JSON.stringify(body)}\n`,
  };
}
