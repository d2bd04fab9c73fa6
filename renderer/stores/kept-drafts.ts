import { z } from 'zod';
import type { ConfigDocument } from '../../shared/config-document.ts';
import type { ConfigDraft } from './app-state.ts';

const kept = z.object({ text: z.string(), base: z.string() });

/** The demo is in no file. */
const keyOf = (path: string | null) => `draft:${path ?? ''}`;

/** What is typed over a config outlives the window, and waits while another file is open. */
export function keepDraft({ text, base }: ConfigDraft): void {
  try {
    localStorage.setItem(keyOf(base.path), JSON.stringify({ text, base: base.text }));
  } catch {
    // Full, or switched off: what is typed is still in the window.
  }
}

export function forgetDraft(path: string | null): void {
  localStorage.removeItem(keyOf(path));
}

/** What was typed over this config and not applied; its base has a revision of its own when it was changed meanwhile. */
export function keptDraft(config: ConfigDocument): ConfigDraft | null {
  const found = localStorage.getItem(keyOf(config.path));
  if (found === null) return null;
  const read = kept.safeParse(parsed(found));
  if (!read.success || read.data.text === config.text) return null;
  const { text, base } = read.data;
  return { text, base: base === config.text ? config : { ...config, text: base, revision: -1 } };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
