import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const text = readFileSync(join(ROOT, 'SECURITY.md'), 'utf8');

/** The cells of every row of its tables, without heads and lines. */
const rows = text
  .split('\n')
  .filter((line) => line.startsWith('| ') && !/^[| -]+$/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .filter((cells) => cells.at(-2) !== 'test');
const linksIn = (part: string) => [...part.matchAll(/\]\(([^)#\s]+)/g)].map(([, path]) => path ?? '');

describe('the security policy', () => {
  it('says whom Switchyard trusts, what is in scope, and how to report', () => {
    for (const heading of ['Reporting a vulnerability', 'Threat model', 'In scope', 'Not in scope'])
      expect(text).toMatch(new RegExp(`^#+ ${heading}$`, 'm'));
  });

  it('names a test for every promise', () => {
    expect(rows.length).toBeGreaterThan(40);
    const unproven = rows.filter((cells) => !/\]\(test\/.*\.tsx?\)/.test(cells.at(-2) ?? ''));
    expect(unproven.map((cells) => cells[1])).toEqual([]);
  });

  it('names tests and pages that there are', () => {
    const paths = linksIn(text).filter((path) => !path.startsWith('https://'));
    expect(paths.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  it('calls each test by its file', () => {
    const links = [...text.matchAll(/\[([\w-]+)\]\((test\/[^)]+)\)/g)];
    const odd = links.filter(([, name, path]) => !path?.split('/').at(-1)?.startsWith(`${name}.`));
    expect(odd.map(([link]) => link)).toEqual([]);
  });

  it('goes through all of Electron’s checklist', () => {
    const points = rows.map((cells) => Number(cells[1])).filter((point) => point > 0);
    expect(points).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
  });
});
