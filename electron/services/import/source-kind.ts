import type { ImportKind } from '../../../shared/config/import-review.ts';

/** The words that begin a section of HAProxy's. */
const HAPROXY_SECTION = /^[ \t]*(global|defaults|frontend|backend|listen)\b(?![ \t]*[:={])/m;
const NGINX_BLOCK = /^[ \t]*(http|upstream[ \t]+\S+|server|events)[ \t\r\n]*\{/m;
const PROCFILE_LINE = /^[A-Za-z0-9_-]+:[ \t]*\S/;

/**
 * Whose file this is, by its name where that tells, else by its text; null for a config of our own, or for a file that
 * is nobody's.
 */
export function kindOf(name: string, text: string): ImportKind | null {
  if (/\.jsonc?$/i.test(name)) return null;
  if (/^procfile(\.[\w-]+)?$|\.procfile$/i.test(name)) return 'procfile';
  if (/^(docker-)?compose([.-][\w.-]+)?\.ya?ml$/i.test(name)) return 'compose';
  if (/haproxy/i.test(name)) return 'haproxy';
  if (/nginx/i.test(name)) return 'nginx';
  if (/^[\s\uFEFF]*(\{|\/\/|\/\*)/.test(text)) return null;
  if (NGINX_BLOCK.test(text)) return 'nginx';
  if (/^services[ \t]*:/m.test(text)) return 'compose';
  if (HAPROXY_SECTION.test(text)) return 'haproxy';
  if (/\.ya?ml$/i.test(name)) return 'compose';
  const lines = text.split(/\r?\n/).filter((line) => !/^\s*(#|$)/.test(line));
  return lines.length > 0 && lines.every((line) => PROCFILE_LINE.test(line)) ? 'procfile' : null;
}
