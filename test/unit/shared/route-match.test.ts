import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findRoute, inMatchingOrder, RouteMatch } from '../../../shared/config/route-match.ts';
import { type RouteSettings, routeSchema } from '../../../shared/config/route-schema.ts';
import { runs } from '../../support/property.ts';

const routeOf = (written: object): RouteSettings => routeSchema.parse({ pool: 'p', ...written });
const words = ({ host = 'any', path }: RouteSettings) => `${host} ${path}`;

describe('the order routes are tried in', () => {
  it('is exact hosts, wildcards from long to short, any host; in each the longest path first', () => {
    const routes = [
      { path: '/api/v1/users' },
      { host: '*.localhost', path: '/long/path' },
      { host: 'b.localhost' },
      { host: 'a.localhost' },
      { host: '*.deep.localhost' },
      { host: 'a.localhost', path: '/api' },
      { path: '/api' },
    ];
    expect(inMatchingOrder(routes.map(routeOf)).map(words)).toEqual([
      'a.localhost /api',
      'a.localhost /',
      'b.localhost /',
      '*.deep.localhost /',
      '*.localhost /long/path',
      'any /api/v1/users',
      'any /api',
    ]);
  });

  const host = fc.constantFrom(undefined, 'a.x', 'b.x', '*.x', 'a.a.x', '*.a.x', '*.b.x');
  const path = fc.constantFrom('/', '/a', '/a/', '/a/b', '/b', '/ab', '/a/b/');
  const routes = fc.uniqueArray(fc.record({ host, path }), {
    selector: ({ host: name, path: start }) => `${name}${start}`,
    maxLength: 8,
  });
  const ask = fc.tuple(
    fc.constantFrom('a.x', 'A.X:80', 'b.x', 'c.x', 'a.a.x', 'y.b.x', 'x', 'z'),
    fc.constantFrom('/', '/a', '/a/', '/a/b?c', '/a/b/', '/b', '/abc', '/?/a'),
  );

  it('does not depend on the order they are written in', () => {
    fc.assert(
      fc.property(routes, ask, (written, [authority, target]) => {
        const find = (list: typeof written) =>
          findRoute(
            inMatchingOrder(
              list.map(({ host: name, path: start }) =>
                routeOf(name === undefined ? { path: start } : { host: name, path: start }),
              ),
            ).map((one) => new RouteMatch(one)),
            authority,
            target,
          );
        const found = find(written);
        expect(find([...written].reverse())?.config).toEqual(found?.config);
      }),
      runs(300),
    );
  });
});
