import type { AppStore } from './app-store.ts';

/** A call that was refused, or a part of the window that could not be loaded, and nobody waited to hear of it: said in a line. */
export function tellUnheard(store: AppStore): void {
  window.addEventListener('unhandledrejection', ({ reason }) => {
    const message = reason instanceof Error ? reason.message : String(reason);
    const words = message.replace(/^Error invoking remote method '[^']*': (?:Error: )?/, '');
    store.getState().toast({ tone: 'bad', words: `That did not work: ${words}. Please report it.` });
  });
}
