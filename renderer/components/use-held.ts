import { type FocusEvent, useState } from 'react';

/** For the element that is held. */
interface HoldHandlers {
  onPointerEnter(): void;
  onPointerLeave(): void;
  onFocus(event: FocusEvent): void;
  onBlur(): void;
}

/** Whether the pointer or the keyboard is in an element: neither lets go of it for the other. */
export function useHeld(): readonly [boolean, HoldHandlers] {
  const [isPointed, setPointed] = useState(false);
  const [isFocused, setFocused] = useState(false);
  return [
    isPointed || isFocused,
    {
      onPointerEnter: () => setPointed(true),
      onPointerLeave: () => setPointed(false),
      // What a click has left behind is nobody who reads there.
      onFocus: ({ target }) => setFocused(target.matches(':focus-visible')),
      onBlur: () => setFocused(false),
    },
  ];
}
