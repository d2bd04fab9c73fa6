import { useEffect, useState } from 'react';

/** Whether something has been so for a while: what comes and goes with every other key is not worth a word. */
export function useSettled(isSo: boolean, afterMs: number): boolean {
  const [isSettled, setSettled] = useState(false);
  useEffect(() => {
    if (!isSo) {
      setSettled(false);
      return;
    }
    const timer = setTimeout(() => setSettled(true), afterMs);
    return () => clearTimeout(timer);
  }, [isSo, afterMs]);
  return isSo && isSettled;
}
