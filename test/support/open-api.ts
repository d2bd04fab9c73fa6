import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';

export const API_FILE = join(import.meta.dirname, '../../docs/control-api.yaml');
const METHODS = ['get', 'put', 'post', 'delete', 'patch'];

export interface Said {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/** The OpenAPI document, and whether an answer is as it says. */
export class OpenApi {
  readonly document: unknown = parse(readFileSync(API_FILE, 'utf8'));
  readonly #ajv = new Ajv2020({ strict: false, allErrors: true });

  constructor() {
    this.#ajv.addSchema(Object(this.document), 'api');
  }

  /** `GET /v1/state`, … */
  operations(): string[] {
    const paths = Object.entries(Object(at(this.document, 'paths')));
    return paths.flatMap(([path, item]) =>
      METHODS.filter((method) => at(item, method) !== undefined).map(
        (method) => `${method.toUpperCase()} ${path}`,
      ),
    );
  }

  /** Throws when an answer is not one the document describes. What is at no path of it has to be a problem. */
  check({ method, path, status, type, body }: Said): void {
    const said = `${method} ${path} → ${status} ${type}`;
    const [media = ''] = type.split(';');
    const operation = this.operations().find((one) => fits(one, method, path));
    const schema =
      operation === undefined ? '#/components/schemas/Problem' : this.#schema(operation, status, media);
    if (schema === null) throw new Error(`${said} is not described`);
    if (operation === undefined && media !== 'application/problem+json')
      throw new Error(`${said} is no problem`);
    if (!media.endsWith('json')) return;
    const validate = this.#ajv.compile({ $ref: `api${schema}` });
    const value: unknown = JSON.parse(body);
    if (!validate(value)) throw new Error(`${said}: ${this.#ajv.errorsText(validate.errors)} in ${body}`);
    if (media === 'application/problem+json' && at(value, 'status') !== status)
      throw new Error(`${said}: the body says another status: ${body}`);
  }

  /** Where the schema of an answer is, as a JSON pointer; null when there is none. */
  #schema(operation: string, status: number, media: string): string | null {
    const [method = '', path = ''] = operation.split(' ');
    const responses = ['paths', path, method.toLowerCase(), 'responses'];
    const name = this.#find([...responses, String(status)]) === undefined ? 'default' : String(status);
    const keys = [...responses, name];
    const ref = at(this.#find(keys), '$ref');
    const base = typeof ref === 'string' ? ref.slice(2).split('/') : keys;
    const content = [...base, 'content', media, 'schema'];
    const isFailure = name === 'default' && status < 400;
    return isFailure || this.#find(content) === undefined ? null : `#/${content.map(escaped).join('/')}`;
  }

  #find(keys: readonly string[]): unknown {
    return keys.reduce(at, this.document);
  }
}

function fits(operation: string, method: string, path: string): boolean {
  const [wanted, template = ''] = operation.split(' ');
  const pattern = new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+')}$`);
  return wanted === method && pattern.test(path);
}

function at(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).find(([name]) => name === key)?.[1]
    : undefined;
}

/** RFC 6901, in a fragment. */
function escaped(key: string): string {
  return encodeURIComponent(key.replace(/~/g, '~0').replace(/\//g, '~1'));
}
