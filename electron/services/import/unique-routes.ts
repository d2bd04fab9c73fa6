import type { DraftRoute } from './draft.ts';

/** Of routes for the same host and path, the first, as in the programs they come from. */
export function uniqueRoutes(routes: readonly DraftRoute[]): readonly DraftRoute[] {
  const seen = new Set<string>();
  return routes.filter(({ host = '', path = '/' }) => {
    const key = `${host} ${path}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
