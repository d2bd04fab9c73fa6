const MAC_SIGNS: Readonly<Record<string, string>> = { CmdOrCtrl: '⌘', Shift: '⇧', Alt: '⌥' };

/** An accelerator as keys to draw: `Ctrl`, `K`. */
export function keysOf(accelerator: string, isMac: boolean): readonly string[] {
  return accelerator
    .split('+')
    .map((part) => (isMac ? (MAC_SIGNS[part] ?? part) : part === 'CmdOrCtrl' ? 'Ctrl' : part));
}

/** A key that was pressed, as far as shortcuts go. */
export interface PressedKey {
  /** As the browser names it: `k`, `K`, ` `. */
  readonly key: string;
  readonly isCtrl: boolean;
  readonly isMeta: boolean;
  readonly isShift: boolean;
  readonly isAlt: boolean;
}

/** Whether that is the accelerator, outside macOS. Signs such as `/` are typed with Shift on some keyboards. */
export function isAccelerator(accelerator: string, pressed: PressedKey): boolean {
  const parts = accelerator.split('+');
  const key = parts.at(-1) ?? '';
  if (!pressed.isCtrl || pressed.isMeta || pressed.isAlt !== parts.includes('Alt')) return false;
  if (/^[A-Z0-9]$/.test(key) && pressed.isShift !== parts.includes('Shift')) return false;
  return pressed.key.toUpperCase() === key;
}

/** Whether that is the plain key. */
export function isPlainKey(key: string, pressed: PressedKey): boolean {
  if (pressed.isCtrl || pressed.isMeta || pressed.isAlt) return false;
  return key === (pressed.key === ' ' ? 'Space' : pressed.key);
}
