import type { WebContents } from 'electron';

/** A page that ends as soon as this after it was drawn anew would only do so again. */
const TOO_SOON_MS = 10_000;

/**
 * Draws the page anew when its process has ended by itself; the window would stay empty, with the balancer going on behind
 * it.
 *
 * @param now milliseconds
 */
export function revivePage(
  page: Pick<WebContents, 'on' | 'reload' | 'isDestroyed'>,
  now: () => number,
): void {
  let revivedAt = Number.NEGATIVE_INFINITY;
  page.on('render-process-gone', (_event, { reason }) => {
    console.error(`The window's process has ended: ${reason}`);
    if (reason === 'clean-exit' || page.isDestroyed() || now() - revivedAt < TOO_SOON_MS) return;
    revivedAt = now();
    page.reload();
  });
}
