import type { BrowserWindow, Dialog } from 'electron';

/** Asks where to write a HAR; null when the user changed their mind. */
export async function chooseHarPath(
  dialog: Pick<Dialog, 'showSaveDialog'>,
  window: BrowserWindow | null,
  suggestion: string,
): Promise<string | null> {
  if (!window) return null;
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    title: 'Export requests',
    defaultPath: suggestion,
    filters: [{ name: 'HTTP archive', extensions: ['har'] }],
  });
  return canceled || filePath === '' ? null : filePath;
}
