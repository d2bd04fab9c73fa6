import type { ConfigDocument } from '../../shared/config/config-document.ts';
import type { ConfigDraft } from './app-state.ts';
import { keep } from './keep.ts';

/** The demo is in no file. */
const keyOf = (path: string | null) => `draft:${path ?? ''}`;

/** What is typed over a config outlives the window, and waits while another file is open. */
export function keepDraft({ text, base }: ConfigDraft): void {
  keep(keyOf(base.path), JSON.stringify({ text, base: base.text }));
}

export function forgetDraft(path: string | null): void {
  localStorage.removeItem(keyOf(path));
}

/** What was typed over this config and not applied; its base has a revision of its own when it was changed meanwhile. */
export function keptDraft(config: ConfigDocument): ConfigDraft | null {
  const found = localStorage.getItem(keyOf(config.path));
  if (found === null) return null;
  const { text, base } = parsed(found);
  if (typeof text !== 'string' || typeof base !== 'string' || text === config.text) return null;
  return { text, base: base === config.text ? config : { ...config, text: base, revision: -1 } };
}

/** What is not what was kept is as if it had never been. */
function parsed(json: string): { readonly text?: unknown; readonly base?: unknown } {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
