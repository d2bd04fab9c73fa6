import type { BrowserWindow, Dialog, MessageBoxOptions } from 'electron';
import type { AskUser, ConsentAnswer, ConsentRequest } from './consent-request.ts';
import { type ConsentText, consentText } from './consent-text.ts';

export interface ConsentDialogParts {
  readonly dialog: Pick<Dialog, 'showMessageBox'>;
  /** The window to ask in front of; null while there is none. */
  readonly findWindow: () => BrowserWindow | null;
  /** Resolves when there is something to ask in front of: a window that opens later would cover the dialog. */
  readonly ready: Promise<void>;
}

/**
 * Asks the user in main's own dialog, so that the answer does not come from the page. One question at a time; the same
 * question asked again while it is open has the same answer. Return and Escape say no.
 */
export function createConsentDialog({ dialog, findWindow, ready }: ConsentDialogParts): AskUser {
  const open = new Map<string, Promise<ConsentAnswer>>();
  let last: Promise<unknown> = ready;
  const show = (options: MessageBoxOptions) => {
    const window = findWindow();
    return window ? dialog.showMessageBox(window, options) : dialog.showMessageBox(options);
  };
  return (request) => {
    const key = JSON.stringify(request);
    const asked = open.get(key);
    if (asked) return asked;
    const answer = last.then(() => ask(request, show));
    last = answer.catch(() => undefined);
    open.set(key, answer);
    void last.then(() => open.delete(key));
    return answer;
  };
}

type Show = (options: MessageBoxOptions) => Promise<{ readonly response: number }>;

async function ask(request: ConsentRequest, show: Show): Promise<ConsentAnswer> {
  const text = consentText(request);
  if (!text) {
    await show({
      type: 'warning',
      title: 'Switchyard',
      message: 'This config cannot be used.',
      detail: 'What it opens, asks, reads and runs is too much to be shown before you allow it.',
      buttons: ['OK'],
      noLink: true,
    });
    return 'no';
  }
  const last = text.pages.length - 1;
  for (const [index, page] of text.pages.entries()) {
    const labels = index === last ? text.choices.map(({ label }) => label) : ['Continue'];
    const { response } = await show(pageOptions(text, { index, page, labels }));
    // The first button is the one that says no.
    if (response < 1 || response > labels.length) return 'no';
    if (index === last) return text.choices[response - 1]?.answer ?? 'no';
  }
  return 'no';
}

interface Page {
  readonly index: number;
  readonly page: string;
  readonly labels: readonly string[];
}

function pageOptions({ message, pages }: ConsentText, { index, page, labels }: Page): MessageBoxOptions {
  const count = pages.length > 1 ? ` (${index + 1} of ${pages.length})` : '';
  return {
    type: 'warning',
    title: 'Switchyard',
    message: `${message}${count}`,
    detail: page,
    buttons: ['Cancel', ...labels],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  };
}
