import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  FIRST_STATE,
  loadWindowState,
  parseWindowState,
  saveWindowState,
} from '../../../electron/desktop/window-state.ts';

describe('what the window looked like', () => {
  it('is read as it was written', async () => {
    const path = join(await mkdtemp(join(tmpdir(), 'switchyard-')), 'window.json');
    const state = {
      bounds: { x: 1, y: 2, width: 1000, height: 700 },
      isMaximized: true,
      theme: 'dark',
    } as const;
    await saveWindowState(path, state);
    expect(await loadWindowState(path)).toEqual(state);
  });

  it('is as at first when there is nothing to read, or something else', async () => {
    const path = join(await mkdtemp(join(tmpdir(), 'switchyard-')), 'window.json');
    expect(await loadWindowState(path)).toEqual(FIRST_STATE);
    await writeFile(path, '{"bounds":');
    expect(await loadWindowState(path)).toEqual(FIRST_STATE);
  });

  it.each([
    [null, FIRST_STATE],
    [[], FIRST_STATE],
    [{ bounds: { x: 1, y: 2, width: 3 } }, FIRST_STATE],
    [{ bounds: { x: 1, y: 2, width: '3', height: 4 } }, FIRST_STATE],
    [{ isMaximized: 'yes', theme: 'sepia' }, FIRST_STATE],
    [{ theme: 'light' }, { ...FIRST_STATE, theme: 'light' }],
  ])('%j is read as %j', (value, state) => {
    expect(parseWindowState(value)).toEqual(state);
  });

  it('is no reason to fail when it cannot be written', async () => {
    await expect(
      saveWindowState(join(import.meta.filename, 'window.json'), FIRST_STATE),
    ).resolves.toBeUndefined();
  });
});
