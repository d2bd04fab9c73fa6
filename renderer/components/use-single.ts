import { useRef } from 'react';

/** Does one at a time: a second Enter, while the first is not through, asks for nothing more. */
export function useSingle<A extends readonly unknown[]>(
  work: (...given: A) => Promise<void>,
): (...given: A) => void {
  const isBusy = useRef(false);
  return (...given) => {
    if (isBusy.current) return;
    isBusy.current = true;
    void work(...given).finally(() => {
      isBusy.current = false;
    });
  };
}
