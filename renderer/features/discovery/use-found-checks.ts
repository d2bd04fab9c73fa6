import { useEffect, useRef, useState } from 'react';
import type { FoundCheck } from '../../../shared/view/found-check.ts';
import { useCheckSearch } from '../health/use-check-search.ts';

export interface FoundChecks {
  /** By URL; those that are not there are still asked. */
  readonly checks: ReadonlyMap<string, FoundCheck>;
  readonly isSearching: boolean;
  skip(): void;
}

/**
 * Checks that fit the servers that are ticked, each asked for once.
 *
 * @param pool whose check holds for them; null for the default check
 */
export function useFoundChecks(ticked: ReadonlySet<string>, pool: string | null): FoundChecks {
  const { find, skip } = useCheckSearch();
  const [checks, setChecks] = useState<ReadonlyMap<string, FoundCheck>>(new Map());
  const asked = useRef({ pool, urls: new Set<string>() });
  useEffect(() => {
    if (asked.current.pool !== pool) {
      asked.current = { pool, urls: new Set() };
      setChecks(new Map());
    }
    const { current } = asked;
    const urls = [...ticked].filter((url) => !current.urls.has(url));
    if (urls.length === 0) return;
    for (const url of urls) current.urls.add(url);
    void find(urls, pool).then((found) => {
      if (!found || asked.current !== current) return;
      setChecks(
        (before) => new Map([...before, ...found.map((one, at) => [urls[at] ?? one.url, one] as const)]),
      );
    });
  }, [find, ticked, pool]);
  return { checks, skip, isSearching: [...ticked].some((url) => !checks.has(url)) };
}
