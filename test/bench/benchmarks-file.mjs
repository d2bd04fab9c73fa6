import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../scripts/project.mjs';

const FILE = join(ROOT, 'docs/benchmarks.md');
const WINDOW = '## The window';
const KEPT_OPEN = '## The window, kept open';

/**
 * docs/benchmarks.md is written by several: what the wire costs comes first, and what the window costs when it is kept
 * open comes last. What stands between them stays.
 *
 * @param {'wire' | 'kept-open'} part
 * @param {string} text
 */
export function writePart(part, text) {
  const written = readFileSync(FILE, 'utf8');
  const before = part === 'wire' ? '' : written.slice(0, startOf(written, KEPT_OPEN));
  const after = part === 'wire' ? written.slice(startOf(written, WINDOW)) : '';
  writeFileSync(
    FILE,
    `${[before, text, after]
      .map((one) => one.trim())
      .filter(Boolean)
      .join('\n\n')}\n`,
  );
}

/**
 * @param {string} text
 * @param {string} heading
 */
function startOf(text, heading) {
  const at = text.indexOf(`\n${heading}`);
  return at === -1 ? text.length : at;
}
