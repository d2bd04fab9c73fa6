import { type RefObject, useEffect, useRef } from 'react';

interface RovingList {
  readonly ref: RefObject<HTMLUListElement | null>;
  onFocus(): void;
  onBlur(): void;
}

/**
 * Keeps the keyboard's focus on the selected line while it is in the list, also when the line it was on is not drawn any
 * more, and brings it back to the list when what was open for a line is closed.
 *
 * @param selected id of the line; null for none
 * @param isDrawn whether that line is, which it may be only once it was scrolled to
 * @returns for the list
 */
export function useRovingFocus(selected: number | null, isDrawn: boolean): RovingList {
  const ref = useRef<HTMLUListElement>(null);
  const isInside = useRef(false);
  const before = useRef<number | null>(null);
  useEffect(() => {
    const isClosed = selected === null && before.current !== null && document.activeElement === document.body;
    before.current = selected;
    if (isClosed || (isInside.current && isDrawn))
      ref.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus({ preventScroll: true });
  }, [selected, isDrawn]);
  return {
    ref,
    onFocus: () => {
      isInside.current = true;
    },
    onBlur: () => {
      isInside.current = false;
    },
  };
}
