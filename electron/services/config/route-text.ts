import { valueAt } from '../../../shared/calls/value-at.ts';
import type { RouteInput } from '../../../shared/config/routing-edit.ts';
import { type Path, removeProperty, setProperty } from '../../../shared/config/text-edits.ts';

type Written = Readonly<Record<string, unknown>>;

/** Status and type that a fixed answer has by itself. */
const PLAIN_STATUS = 200;
const PLAIN_TYPE = 'text/plain; charset=utf-8';
const REDIRECT_STATUS = 302;

/** A route as a person would write it: nothing that is so by default; undefined where there is nothing to write. */
export function asWritten(route: RouteInput): Written {
  const { host, path, pool, respond, redirect, stripPrefix, replacePrefix } = route;
  const fixed = respond && {
    status: respond.status === PLAIN_STATUS && respond.body !== '' ? undefined : respond.status,
    body: respond.body === '' ? undefined : respond.body,
    contentType: respond.contentType === PLAIN_TYPE ? undefined : respond.contentType,
  };
  return {
    host,
    path: path === '/' && host !== undefined ? undefined : path,
    pool,
    respond: fixed,
    redirect: redirect?.status === REDIRECT_STATUS ? redirect.to : redirect,
    stripPrefix: stripPrefix ? true : undefined,
    replacePrefix,
    requestHeaders: writtenHeaders(route.requestHeaders),
    responseHeaders: writtenHeaders(route.responseHeaders),
  };
}

function writtenHeaders({ set, remove }: RouteInput['requestHeaders']): Written | undefined {
  const hasSet = Object.keys(set).length > 0;
  if (!hasSet && remove.length === 0) return undefined;
  return { set: hasSet ? set : undefined, remove: remove.length > 0 ? remove : undefined };
}

/** Where an object stands in the text, and what it is there. */
interface Place {
  readonly path: Path;
  readonly value: unknown;
}

/** Makes `before` into `after`, field by field; what is the same in both stays as the user wrote it. */
export function changeFields(text: string, { path, value }: Place, before: Written, after: Written): string {
  let edited = text;
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  // What goes goes last: what comes is then put behind it, and a comment stays with what it stood behind.
  const isGone = (key: string) => Number(after[key] === undefined);
  for (const key of keys.sort((a, b) => isGone(a) - isGone(b))) {
    const [old, next] = [before[key], after[key]];
    if (JSON.stringify(old) === JSON.stringify(next)) continue;
    const found = valueAt(value, [key]);
    if (next === undefined) edited = removeProperty(edited, path, key);
    else if (isObject(found) && isObject(next))
      edited = changeFields(edited, { path: [...path, key], value: found }, isObject(old) ? old : {}, next);
    else edited = setProperty(edited, path, key, next);
  }
  return edited;
}

function isObject(value: unknown): value is Written {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
