import { fail, ok, type Result } from '../../../shared/calls/result.ts';
import { parseOrigin } from '../../../shared/config/origin.ts';
import { findRoute, inMatchingOrder, RouteMatch } from '../../../shared/config/route-match.ts';
import type { RouteSettings } from '../../../shared/config/route-schema.ts';
import type { ListenerSnapshot, PoolSnapshot } from '../../../shared/view/snapshot.ts';

/** Where a request would go, by the code the engine itself goes by. */
export interface Destination {
  /** Null when it is the default pool's. */
  readonly route: RouteSettings | null;
  readonly goesTo:
    | {
        readonly kind: 'pool';
        readonly pool: string;
        /** What a backend gets; its own base path, where all have the same, included. */
        readonly target: string;
        /** Whether the backends have different base paths, which then come first. */
        readonly isBehindBasePaths: boolean;
      }
    | { readonly kind: 'redirect'; readonly location: string; readonly status: number }
    | { readonly kind: 'answer'; readonly status: number };
  /** The port asked for, when it is not the listener's. */
  readonly otherPort: string | null;
}

interface Asked {
  readonly host: string;
  readonly port: string;
  readonly target: string;
}

const FORMS = 'write "/orders/7" or "http://users.localhost:8080/orders/7"';

/**
 * @param text as typed: a path, or a URL with or without its scheme
 * @returns what is wrong with the text, in a sentence, when it names no request
 */
export function whichRoute(
  text: string,
  listener: ListenerSnapshot,
  pools: readonly PoolSnapshot[],
): Result<Destination, string> {
  const asked = readAsked(text, listener.url);
  if (!asked.ok) return asked;
  const { host, port, target } = asked.value;
  const ordered = inMatchingOrder(listener.routes.map(({ settings }) => settings)).map(
    (settings) => new RouteMatch(settings),
  );
  const found = findRoute(ordered, host, target);
  const otherPort = port === portOf(new URL(listener.url)) ? null : port;
  return ok({
    route: found?.config ?? null,
    goesTo: destination(found, target, { listener, pools }),
    otherPort,
  });
}

function destination(
  found: RouteMatch | null,
  target: string,
  { listener, pools }: { readonly listener: ListenerSnapshot; readonly pools: readonly PoolSnapshot[] },
): Destination['goesTo'] {
  const location = found?.location(target) ?? null;
  const { redirect, respond, pool = listener.defaultPool } = found?.config ?? {};
  if (redirect && location !== null) return { kind: 'redirect', location, status: redirect.status };
  if (respond) return { kind: 'answer', status: respond.status };
  const backends = pools.find((one) => one.name === pool)?.backends ?? [];
  const basePaths = new Set(backends.map(({ url }) => basePathOf(url)));
  const [basePath = ''] = basePaths.size === 1 ? basePaths : [];
  return {
    kind: 'pool',
    pool,
    target: basePath + (found?.rewrite(target) ?? target),
    isBehindBasePaths: basePaths.size > 1,
  };
}

function readAsked(text: string, listenerUrl: string): Result<Asked, string> {
  const typed = text.trim();
  if (/\s/.test(typed)) return fail(`There is a space in it; ${FORMS}.`);
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(typed)?.[1]?.toLowerCase();
  const own = listenerUrl.slice(0, listenerUrl.indexOf(':'));
  if (scheme !== undefined && scheme !== own) return fail(`This listener answers ${own}, not ${scheme}.`);
  // Put behind the listener's URL, `//x` stays the path it is.
  const full = typed.startsWith('/') ? listenerUrl + typed : scheme ? typed : `${own}://${typed}`;
  if (!URL.canParse(full)) return fail(`This is no address; ${FORMS}.`);
  const url = new URL(full);
  return ok({ host: url.hostname, port: portOf(url), target: url.pathname + url.search });
}

function portOf({ port, protocol }: URL): string {
  if (port !== '') return port;
  return protocol === 'https:' ? '443' : '80';
}

function basePathOf(url: string): string {
  const origin = parseOrigin(url);
  return origin.ok ? origin.value.basePath : '';
}
