import { lazy, Suspense } from 'react';
import { useApp } from '../../stores/use-app.ts';

/** Loaded when first asked for: the first screen can do without. */
const PaletteDialog = lazy(() => import('./palette-dialog.tsx'));

export function Palette() {
  const isOpen = useApp((state) => state.isPaletteOpen);
  if (!isOpen) return null;
  return (
    <Suspense fallback={null}>
      <PaletteDialog />
    </Suspense>
  );
}
