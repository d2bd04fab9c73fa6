import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parseConfig } from '../../electron/services/config/parse.ts';

const ROOT = join(import.meta.dirname, '../..');
const PAGES = [
  'README.md',
  ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name.replaceAll('\\', '/')}`),
];
const BLOCKS = PAGES.flatMap((page) => {
  const text = readFileSync(join(ROOT, page), 'utf8').replaceAll('\r\n', '\n');
  return [...text.matchAll(/^```jsonc?\n([\s\S]*?)^```/gm)].map(
    ([, block = ''], at) => [`${page}, block ${at + 1}`, block] as const,
  );
});

it('the documentation has config blocks', () => {
  expect(BLOCKS.length).toBeGreaterThan(15);
});

it.each(BLOCKS)('the config in %s is valid', (_where, block) => {
  const config = parseConfig(wholeConfig(block));
  expect(config.ok ? [] : config.error.map(({ message }) => message)).toEqual([]);
});

/** A block may show one field, or one scenario, instead of a whole config. */
function wholeConfig(block: string): string {
  if (block.startsWith('{')) return block;
  if (block.startsWith('"servers"')) return `{ ${block} }`;
  const scenarios = block.startsWith('"scenarios"') ? block : `"scenarios": { ${block} }`;
  return `{
    "listeners": [{ "address": ":8080", "defaultPool": "users" }],
    "pools": { "users": { "servers": [{ "command": "node server.js", "name": "users", "instances": 3 }] } },
    ${scenarios}
  }`;
}
