import type { RouteKey } from '../../../shared/config/route-match.ts';
import type { RouteSettings } from '../../../shared/config/route-schema.ts';

/** `users.localhost/orders`, `users.localhost`, `/users`. */
export function keyWords({ host, path }: RouteKey): string {
  if (host === undefined) return path;
  return path === '/' ? host : host + path;
}

/** What a route changes on the way, in words; empty when nothing. */
export function changeWords(route: RouteSettings): readonly string[] {
  const { path, stripPrefix, replacePrefix, requestHeaders, responseHeaders, redirect, respond } = route;
  // Neither reaches a backend, so there is nothing on the way to change.
  if (redirect || respond) return [];
  const prefix = path.replace(/\/$/, '');
  return [
    ...(stripPrefix && prefix !== '' ? [`without ${prefix}`] : []),
    ...(replacePrefix === undefined
      ? []
      : [prefix === '' ? `with ${replacePrefix} in front` : `with ${replacePrefix} in place of ${prefix}`]),
    ...headerWords(requestHeaders, 'requests'),
    ...headerWords(responseHeaders, 'answers'),
  ];
}

function headerWords({ set, remove }: RouteSettings['requestHeaders'], whose: string): readonly string[] {
  const names = Object.keys(set);
  return [
    ...(names.length > 0 ? [`sets ${names.join(', ')} on ${whose}`] : []),
    ...(remove.length > 0 ? [`takes ${remove.join(', ')} off ${whose}`] : []),
  ];
}
