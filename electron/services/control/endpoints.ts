import { type Answer, problem } from './answer.ts';

export type Method = 'GET' | 'POST' | 'PUT';

/** What a handler gets to know of a request that has been let in. */
export interface Call {
  readonly params: Readonly<Record<string, string>>;
  /** Empty for an endpoint that takes none. */
  readonly body: string;
  readonly ifMatch: string | undefined;
}

export interface Endpoint {
  readonly method: Method;
  /** As in the OpenAPI document: `/v1/pools/{pool}/counters/reset`. */
  readonly path: string;
  readonly takesBody: boolean;
  readonly handle: (call: Call) => Promise<Answer>;
}

/** The endpoint for a request, or the answer to one that has none. */
export function findEndpoint<E extends Pick<Endpoint, 'method' | 'path'>>(
  endpoints: readonly E[],
  method: string,
  target: string,
): { readonly endpoint: E; readonly params: Readonly<Record<string, string>> } | Answer {
  if (target.includes('?')) return problem(400, 'bad-request', 'Nothing here takes a query; leave it out.');
  const fitting = endpoints.flatMap((endpoint) => {
    const params = paramsOf(endpoint.path, target);
    return params === null ? [] : [{ endpoint, params }];
  });
  const found = fitting.find(({ endpoint }) => endpoint.method === method);
  if (found) return found;
  if (fitting.length === 0) {
    return problem(
      404,
      'unknown-path',
      'There is nothing at this path; docs/control.md lists what there is.',
    );
  }
  const allow = fitting.map(({ endpoint }) => endpoint.method).join(', ');
  return problem(405, 'wrong-method', `This path takes ${allow}.`, { headers: { allow } });
}

/** Null when the path is another one. A name in it may have any characters, percent-encoded. */
function paramsOf(path: string, target: string): Record<string, string> | null {
  const wanted = path.split('/');
  const given = target.split('/');
  if (wanted.length !== given.length) return null;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const text = given[index] ?? '';
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    if (name === undefined) {
      if (text !== part) return null;
    } else {
      const value = decoded(text);
      if (value === null || value === '') return null;
      params[name] = value;
    }
  }
  return params;
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
