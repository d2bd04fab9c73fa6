import { type PointerEvent, useEffect } from 'react';
import { useApp } from '../../stores/use-app.ts';

interface Pointing {
  onPointerOver(event: PointerEvent): void;
  onPointerLeave(): void;
}

/** For a list whose items say with `data-backend` whose they are: the chart shows the one under the pointer by itself. */
export function usePointing(): Pointing {
  const pointAt = useApp((state) => state.pointAt);
  // What is under the pointer may go away without the pointer's leave.
  useEffect(() => () => pointAt(null), [pointAt]);
  return {
    onPointerOver: ({ target }) => {
      const item = target instanceof Element ? target.closest<HTMLElement>('[data-backend]') : null;
      pointAt(item?.dataset['backend'] ?? null);
    },
    onPointerLeave: () => pointAt(null),
  };
}
