import { useCallback, useEffect, useRef, useState } from 'react';
import type { FoundCheck } from '../../../shared/view/found-check.ts';
import { useApp } from '../../stores/use-app.ts';

interface CheckSearchOf {
  readonly isSearching: boolean;
  /** @returns null when what had asked for it is no longer shown, so that nothing follows from it */
  find(urls: readonly string[], pool: string | null): Promise<readonly FoundCheck[] | null>;
  /** Ends the search with what it has found so far. */
  skip(): void;
}

/** A search for health checks that ends with the dialog that asks for it. */
export function useCheckSearch(): CheckSearchOf {
  const findChecks = useApp((state) => state.findChecks);
  const stop = useApp((state) => state.stopFindingChecks);
  const [isSearching, setSearching] = useState(false);
  const isShown = useRef(true);
  useEffect(() => {
    isShown.current = true;
    return () => {
      isShown.current = false;
      void stop();
    };
  }, [stop]);
  const find = useCallback(
    async (urls: readonly string[], pool: string | null) => {
      setSearching(true);
      const found = await findChecks(urls, pool);
      if (!isShown.current) return null;
      setSearching(false);
      return found;
    },
    [findChecks],
  );
  return { isSearching, find, skip: () => void stop() };
}
