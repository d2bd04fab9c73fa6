import type { BrowserWindow, Dialog, SaveDialogOptions } from 'electron';

const OPENED = [
  // First, because a Procfile has no extension.
  { name: 'All files', extensions: ['*'] },
  { name: 'Config', extensions: ['json', 'jsonc'] },
  { name: 'Compose, nginx, HAProxy', extensions: ['yml', 'yaml', 'conf', 'cfg'] },
];

/** What files are written as, by the ends of their names. */
const SAVED = {
  config: { title: 'Save the config as', filters: [{ name: 'Config', extensions: ['jsonc', 'json'] }] },
  har: { title: 'Export requests', filters: [{ name: 'HTTP archive', extensions: ['har'] }] },
  report: {
    title: 'Save the report',
    filters: [
      { name: 'Page to read (HTML)', extensions: ['html'] },
      { name: 'JSON', extensions: ['json'] },
      { name: 'JUnit', extensions: ['xml'] },
    ],
  },
} satisfies Record<string, SaveDialogOptions>;

/** Which file to open; null when the user changed their mind, or there is no window to ask in. */
export async function chooseFile(
  dialog: Pick<Dialog, 'showOpenDialog'>,
  window: BrowserWindow | null,
): Promise<string | null> {
  if (!window) return null;
  const options = { title: 'Open a config', properties: ['openFile' as const], filters: OPENED };
  const { filePaths } = await dialog.showOpenDialog(window, options);
  return filePaths[0] ?? null;
}

/** Where to write to; null likewise. The system asks whether a file that is there may be written over. */
export async function chooseTarget(
  dialog: Pick<Dialog, 'showSaveDialog'>,
  window: BrowserWindow | null,
  what: keyof typeof SAVED,
  suggested: string,
): Promise<string | null> {
  if (!window) return null;
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    ...SAVED[what],
    defaultPath: suggested,
  });
  return canceled || filePath === '' ? null : filePath;
}
