import type { ConfigIssue } from '../../../shared/config/config.ts';
import type { ConfigFailure } from '../../../shared/config/config-document.ts';
import type { HeaderRow, RouteFields } from './route-form.ts';

export type RouteField = Exclude<keyof RouteFields, 'kind' | 'rewrite' | 'headers'>;

export interface RouteProblems {
  readonly fields: Readonly<Partial<Record<RouteField, string>>>;
  /** By the id of the line. */
  readonly headers: Readonly<Record<number, string>>;
  /** What belongs to no field. */
  readonly rest: string | null;
}

export const NO_PROBLEMS: RouteProblems = { fields: {}, headers: {}, rest: null };

/** Where the config has a field, and where the form has it. */
const PLACES: Readonly<Record<string, RouteField>> = {
  host: 'host',
  path: 'path',
  pool: 'pool',
  replacePrefix: 'replacePrefix',
  stripPrefix: 'path',
  redirect: 'to',
  'redirect.to': 'to',
  'redirect.status': 'redirectStatus',
  'respond.status': 'status',
  'respond.body': 'body',
  'respond.contentType': 'contentType',
};

/** Puts each message of a refused route at the field it is about. */
export function routeProblems(failure: ConfigFailure, rows: readonly HeaderRow[]): RouteProblems {
  if (failure.code !== 'invalid') return { ...NO_PROBLEMS, rest: failure.message };
  const fields: Partial<Record<RouteField, string>> = {};
  const headers: Record<number, string> = {};
  let rest: string | null = null;
  for (const issue of failure.issues) {
    // listeners, n, routes, n and then the route's own.
    const keys = issue.keys[2] === 'routes' ? issue.keys.slice(4) : [];
    const field = PLACES[keys.join('.')];
    const row = rowOf(keys, rows);
    if (field) fields[field] ??= wordsOf(issue);
    else if (row) headers[row.id] ??= wordsOf(issue);
    else rest ??= issue.message;
  }
  return { fields, headers, rest };
}

/** What the form can tell by itself, because the config could not: in it, one would stand in the other's place. */
export function headerProblems(rows: readonly HeaderRow[]): RouteProblems['headers'] {
  const problems: Record<number, string> = {};
  const seen = new Set<string>();
  for (const { id, whose, what, name, value } of rows) {
    const key = `${whose} ${name.trim().toLowerCase()}`;
    if (name.trim() === '') {
      if (value !== '') problems[id] = 'has no name; give it one, such as X-Team';
    } else if (what === 'set' && seen.has(key)) problems[id] = 'is set twice; remove one of the two';
    else if (what === 'set') seen.add(key);
  }
  return problems;
}

function rowOf(keys: ConfigIssue['keys'], rows: readonly HeaderRow[]): HeaderRow | undefined {
  const [whose, what, which] = keys;
  const own = rows.filter((row) => row.whose === whose && row.what === what && row.name.trim() !== '');
  return typeof which === 'number' ? own[which] : own.find(({ name }) => name.trim() === which);
}

/** At its field, a message need not say which field it means. */
function wordsOf(issue: ConfigIssue): string {
  return issue.message.replace(`${issue.path}: `, '');
}
