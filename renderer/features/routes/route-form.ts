import { type RouteKey, RouteMatch } from '../../../shared/config/route-match.ts';
import type { RouteSettings } from '../../../shared/config/route-schema.ts';
import type { HeaderEditsInput, RouteInput, StatusInput } from '../../../shared/config/routing-edit.ts';

export type RouteKind = 'pool' | 'redirect' | 'respond';
/** What becomes of the matched part of the path. */
export type Rewrite = 'keep' | 'strip' | 'replace';

/** One line of the header table. */
export interface HeaderRow {
  readonly id: number;
  readonly whose: 'requestHeaders' | 'responseHeaders';
  readonly what: 'set' | 'remove';
  readonly name: string;
  readonly value: string;
}

/** A route as it stands in the form: what is out of sight is kept until it is saved. */
export interface RouteFields {
  readonly host: string;
  readonly path: string;
  readonly kind: RouteKind;
  readonly pool: string;
  readonly rewrite: Rewrite;
  readonly replacePrefix: string;
  readonly to: string;
  readonly redirectStatus: string;
  readonly status: string;
  readonly contentType: string;
  readonly body: string;
  readonly headers: readonly HeaderRow[];
}

export function fieldsOf(route: RouteSettings | null, pool: string): RouteFields {
  const { redirect, respond } = route ?? {};
  return {
    host: route?.host ?? '',
    path: route?.path ?? '/',
    kind: redirect ? 'redirect' : respond ? 'respond' : 'pool',
    pool: route?.pool ?? pool,
    rewrite: route?.stripPrefix ? 'strip' : route?.replacePrefix === undefined ? 'keep' : 'replace',
    replacePrefix: route?.replacePrefix ?? '/',
    to: redirect?.to ?? '',
    redirectStatus: String(redirect?.status ?? 302),
    status: String(respond?.status ?? 200),
    contentType: respond?.contentType ?? 'text/plain; charset=utf-8',
    body: respond?.body ?? '',
    headers: route ? rowsOf(route) : [],
  };
}

function rowsOf(route: RouteSettings): readonly HeaderRow[] {
  const rows = (['requestHeaders', 'responseHeaders'] as const).flatMap((whose) => [
    ...Object.entries(route[whose].set).map(([name, value]) => ({
      whose,
      what: 'set' as const,
      name,
      value,
    })),
    ...route[whose].remove.map((name) => ({ whose, what: 'remove' as const, name, value: '' })),
  ]);
  return rows.map((row, id) => ({ ...row, id }));
}

/** As an edit has it: only what its kind of route can have an effect by. */
export function inputOf(fields: RouteFields): RouteInput {
  const { kind, rewrite } = fields;
  const host = fields.host.trim().toLowerCase();
  const isToPool = kind === 'pool';
  return {
    ...(host === '' ? {} : { host }),
    path: fields.path.trim() === '' ? '/' : fields.path.trim(),
    ...(isToPool ? { pool: fields.pool } : {}),
    ...(kind === 'redirect'
      ? { redirect: { to: fields.to.trim(), status: statusOf(fields.redirectStatus) } }
      : {}),
    ...(kind === 'respond'
      ? {
          respond: {
            status: statusOf(fields.status),
            body: fields.body,
            contentType: fields.contentType.trim(),
          },
        }
      : {}),
    stripPrefix: isToPool && rewrite === 'strip',
    ...(isToPool && rewrite === 'replace' ? { replacePrefix: fields.replacePrefix.trim() } : {}),
    requestHeaders: headersOf(isToPool ? fields.headers : [], 'requestHeaders'),
    responseHeaders: headersOf(isToPool ? fields.headers : [], 'responseHeaders'),
  };
}

function headersOf(rows: readonly HeaderRow[], whose: HeaderRow['whose']): HeaderEditsInput {
  // A line that nothing was typed in is no line.
  const own = rows.filter((row) => row.whose === whose && (row.name.trim() !== '' || row.value !== ''));
  return {
    set: Object.fromEntries(
      own.filter(({ what }) => what === 'set').map(({ name, value }) => [name.trim(), value]),
    ),
    remove: own.filter(({ what }) => what === 'remove').map(({ name }) => name.trim()),
  };
}

/** What is no number goes as it was typed, so that the message can name it. */
function statusOf(text: string): StatusInput {
  const typed = text.trim();
  return /^\d{1,9}$/.test(typed) ? Number(typed) : typed;
}

/** Whether two routes are for the same requests. */
export function isSameKey(one: RouteKey, other: RouteKey): boolean {
  return one.host === other.host && one.path === other.path;
}

/** What would become of a path below the matched one; null while no path can be told. */
export function exampleOf(fields: RouteFields): { readonly from: string; readonly to: string } | null {
  const { path, replacePrefix, redirect, stripPrefix } = inputOf(fields);
  const isPath = (text: string) => /^\/[^\s?#]*$/.test(text);
  if (!isPath(path) || (replacePrefix !== undefined && !isPath(replacePrefix))) return null;
  if (redirect && !/^(\/|https?:\/\/.)/.test(redirect.to)) return null;
  const match = new RouteMatch({
    path,
    stripPrefix,
    ...(replacePrefix === undefined ? {} : { replacePrefix }),
    ...(redirect ? { redirect: { to: redirect.to, status: 302 } } : {}),
    requestHeaders: { set: {}, remove: [] },
    responseHeaders: { set: {}, remove: [] },
  });
  const from = `${path.replace(/\/$/, '')}/7`;
  return { from, to: match.location(from) ?? match.rewrite(from) };
}
