import { fail, ok, type Result } from '../../../shared/calls/result.ts';
import type { Unreadable } from './draft.ts';

export type SectionKind = 'global' | 'defaults' | 'frontend' | 'backend' | 'listen' | 'other';

export interface Section {
  readonly kind: SectionKind;
  readonly name: string;
  readonly line: number;
  readonly lines: readonly Line[];
}

/** A keyword with the words behind it; `no option x` has the keyword `no`. */
export interface Line {
  readonly keyword: string;
  readonly words: readonly string[];
  readonly line: number;
}

const KINDS: Readonly<Record<string, SectionKind>> = {
  global: 'global',
  defaults: 'defaults',
  frontend: 'frontend',
  backend: 'backend',
  listen: 'listen',
  peers: 'other',
  resolvers: 'other',
  userlist: 'other',
  mailers: 'other',
  program: 'other',
  cache: 'other',
  ring: 'other',
  'http-errors': 'other',
  'log-forward': 'other',
  'fcgi-app': 'other',
};

/** Reads the grammar of HAProxy's files alone: sections of lines of words. */
export function readSections(text: string): Result<readonly Section[], Unreadable> {
  const sections: { kind: SectionKind; name: string; line: number; lines: Line[] }[] = [];
  for (const [index, content] of text.split(/\r?\n/).entries()) {
    const line = index + 1;
    const words = readWords(content);
    if (words === null) return fail({ line, words: 'a quote is opened here and never closed.' });
    const [keyword, ...rest] = words;
    // The dot ends a configuration's macros; conditions are for HAProxy's own start.
    if (keyword === undefined || keyword.startsWith('.')) continue;
    const kind = Object.hasOwn(KINDS, keyword) ? KINDS[keyword] : undefined;
    const inside = sections.at(-1);
    if (kind && !(keyword === 'cache' && inside?.kind === 'other')) {
      sections.push({ kind, name: rest[0] ?? '', line, lines: [] });
      continue;
    }
    if (!inside) {
      const mend = 'begin with a section such as "backend users".';
      return fail({ line, words: `"${keyword}" stands in no section; ${mend}` });
    }
    inside.lines.push({ keyword, words: rest, line });
  }
  return ok(sections);
}

const WORD = /\s+|#.*|((?:\\.|"(?:\\.|[^"\\])*"|'[^']*'|[^\s#"'\\])+)|\\$/y;

/** Null when a quote is not closed. */
function readWords(content: string): readonly string[] | null {
  const words: string[] = [];
  WORD.lastIndex = 0;
  while (WORD.lastIndex < content.length) {
    const found = WORD.exec(content);
    if (!found) return null;
    if (found[1] !== undefined) words.push(unquoted(found[1]));
  }
  return words;
}

function unquoted(word: string): string {
  return word.replace(
    /\\(.)|"((?:\\.|[^"\\])*)"|'([^']*)'/g,
    (_, escaped?: string, double?: string, single?: string) =>
      escaped ?? double?.replace(/\\(.)/g, '$1') ?? single ?? '',
  );
}
