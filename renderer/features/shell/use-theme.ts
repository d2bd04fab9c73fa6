import { useEffect } from 'react';
import { resolveTheme } from '../../stores/theme.ts';
import { useApp } from '../../stores/use-app.ts';

/** Puts the theme on the document, and follows the system when told to. */
export function useTheme(): void {
  const theme = useApp((state) => state.theme);
  useEffect(() => {
    const system = window.matchMedia('(prefers-color-scheme: dark)');
    const apply = () => {
      document.documentElement.dataset.theme = resolveTheme(theme, system.matches);
    };
    apply();
    system.addEventListener('change', apply);
    return () => system.removeEventListener('change', apply);
  }, [theme]);
}
