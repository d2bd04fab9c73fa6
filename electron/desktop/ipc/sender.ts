import type { Gate } from './register-handlers.ts';

/** The part of an IPC event used here. */
export interface CallEvent {
  readonly sender: { readonly mainFrame: unknown };
  /** Null when the frame is gone, or has gone elsewhere. */
  readonly senderFrame: { readonly url: string } | null;
}

/**
 * Whether a call comes from the main frame of our own window, showing our own page.
 *
 * @param contents of our window; null while there is none
 * @param origin of our page, such as `app://switchyard`
 */
export function isOwnPage(event: CallEvent, contents: unknown, origin: string): boolean {
  const { sender, senderFrame } = event;
  return (
    contents !== null &&
    sender === contents &&
    senderFrame !== null &&
    senderFrame === sender.mainFrame &&
    senderFrame.url.startsWith(`${origin}/`)
  );
}

/** Lets our own page's calls through; what is refused is told on the console. */
export function createGate(contents: () => unknown, origin: string): Gate<CallEvent> {
  return {
    isTrusted: (event) => isOwnPage(event, contents(), origin),
    log: (message, cause) => console.error(message, cause ?? ''),
  };
}
