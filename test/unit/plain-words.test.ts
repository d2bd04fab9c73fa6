import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');

/** Words that make readers decode a sentence. Keep the list short: each of them has a common replacement. */
const FORBIDDEN =
  /\b(anew|besides|likewise|by and by|nobody's|of one's own|whoever|of whom|desks?|wherefore|hither|hereby)\b/i;

const DOCS = readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
  .map((name) => `docs/${name.replaceAll('\\', '/')}`)
  .filter((name) => /\.(md|yaml)$/.test(name));

it.each([...DOCS, 'README.md', 'CONTRIBUTING.md', 'SECURITY.md'])('%s uses plain words', (page) => {
  const text = readFileSync(join(ROOT, page), 'utf8');
  // Code and file names are not prose.
  const prose = text.replace(/^```[\s\S]*?^```/gm, '').replace(/`[^`\n]*`/g, '');
  const found = prose.split('\n').filter((line) => FORBIDDEN.test(line));
  expect(found).toEqual([]);
});
