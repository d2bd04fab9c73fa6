/** Over restarts, where there is room: what the window does must not fail of that. */
export function keep(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Full, or switched off: it is as it is until the window goes.
  }
}
