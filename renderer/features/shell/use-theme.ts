import { useEffect } from 'react';
import { resolveTheme } from '../../stores/preferences.ts';
import { useApp } from '../../stores/use-app.ts';

/** Puts the theme on the document, and follows the system when told to. */
export function useTheme(): void {
  const theme = useApp((state) => state.theme);
  const setDrawnTheme = useApp((state) => state.setDrawnTheme);
  useEffect(() => {
    const system = window.matchMedia('(prefers-color-scheme: dark)');
    const apply = () => {
      const drawn = resolveTheme(theme, system.matches);
      document.documentElement.dataset['theme'] = drawn;
      setDrawnTheme(drawn);
    };
    apply();
    system.addEventListener('change', apply);
    return () => system.removeEventListener('change', apply);
  }, [theme, setDrawnTheme]);
}
