import { keep } from '../../stores/keep.ts';

const KEY = 'recent-actions';
const KEPT = 5;

/** Ids of the actions run last from the palette, newest first. */
export function loadRecent(): readonly string[] {
  try {
    const saved: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(saved) ? saved.filter((id) => typeof id === 'string').slice(0, KEPT) : [];
  } catch {
    return [];
  }
}

export function saveRecent(id: string): void {
  const recent = [id, ...loadRecent().filter((one) => one !== id)].slice(0, KEPT);
  keep(KEY, JSON.stringify(recent));
}
