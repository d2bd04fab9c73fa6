import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEdit } from '../../../../electron/services/config/edit.ts';
import { parseConfig } from '../../../../electron/services/config/parse.ts';
import { runs } from '../../../support/property.ts';

const space = fc.constantFrom('', ' ', '\n', '\n    ', '\t', '\r\n  ');
let noted = 0;
const comment = fc.constantFrom('', '', 'block', 'line').map((kind) => {
  noted++;
  return kind === '' ? '' : kind === 'block' ? `/* note ${noted}. */` : `// note ${noted}.\n`;
});
const gap = fc.tuple(space, comment, space).map((parts) => parts.join(''));
const server = (port: number) =>
  fc.constantFrom(
    `"http://h:${port}"`,
    `{ "url": "http://h:${port}" }`,
    `{\n  "url": "http://h:${port}", // its url\n  "weight": 2\n}`,
  );
/** A simple config with white space and comments anywhere, and each server on whichever line. */
const layout = fc
  .integer({ min: 2, max: 4 })
  .chain((count) =>
    fc.tuple(
      fc.tuple(...Array.from({ length: count }, (_, index) => fc.tuple(gap, server(5001 + index), gap))),
      fc.constantFrom('', ','),
      gap,
    ),
  )
  .map(([items, trailing, last]) => {
    const list = items.map((parts) => parts.join('')).join(',');
    return `{"servers": [${list}${trailing}${last}]}`;
  });

/** A simple config with any of its fields in any order, and white space and comments between any two tokens. */
const simple = fc
  .shuffledSubarray(
    [
      ['"port"', ':', '0'],
      ['"healthCheckInterval"', ':', '"1s"'],
      ['"policy"', ':', '{', '"name"', ':', '"header-hash"', ',', '"header"', ':', '"X-A"', '}'],
      ['"exposeBackend"', ':', 'false'],
      ['"$schema"', ':', '"./a b.json"'],
    ],
    { minLength: 0 },
  )
  .chain((fields) => {
    const servers = ['"servers"', ':', '[', '"http://h:1"', ',', '"http://h:2"', ']'];
    return fc.nat({ max: fields.length }).chain((at) => {
      const all = [...fields.slice(0, at), servers, ...fields.slice(at)];
      const tokens = ['{', ...all.flatMap((field, index) => (index === 0 ? field : [',', ...field]))];
      return fc.tuple(fc.constant(tokens), fc.array(gap, { minLength: 80, maxLength: 80 }), fc.boolean());
    });
  })
  .map(([tokens, gaps, hasComma]) => {
    const all = [...tokens, ...(hasComma ? [','] : []), '}'];
    return all.map((token, index) => (gaps[index] ?? '') + token).join('') + (gaps[all.length] ?? '');
  });

function parsed(text: string) {
  const config = parseConfig(text);
  if (!config.ok) throw new Error(`${config.error.map(({ message }) => message).join()} in ${text}`);
  return config.value;
}

function ports(text: string): number[] {
  return parsed(text).pools.flatMap((pool) => pool.backends.map((backend) => backend.origin.port));
}

function notes(text: string): string[] {
  return text.match(/note \d+\./g) ?? [];
}

describe('applyEdit on any layout', () => {
  it('adds at the end and keeps every comment', () => {
    fc.assert(
      fc.property(layout, (text) => {
        const edit = applyEdit(text, { kind: 'add-server', pool: 'default', server: { url: 'http://h:9' } });
        const after = edit.ok ? edit.value : '';
        expect(ports(after)).toEqual([...ports(text), 9]);
        expect(notes(after)).toEqual(notes(text));
      }),
    );
  });

  it('removes any one, and at most the comments next to it', () => {
    fc.assert(
      fc.property(layout, fc.nat({ max: 3 }), (text, pick) => {
        const before = ports(text);
        const port = before[pick % before.length] ?? 0;
        const edit = applyEdit(text, { kind: 'remove-server', pool: 'default', backend: `h:${port}` });
        const after = edit.ok ? edit.value : '';
        expect(ports(after)).toEqual(before.filter((one) => one !== port));
        expect(notes(text).length - notes(after).length).toBeLessThanOrEqual(3);
      }),
    );
  });

  it('changes any one in its place and keeps every comment', () => {
    fc.assert(
      fc.property(layout, fc.nat({ max: 3 }), (text, pick) => {
        const before = ports(text);
        const port = before[pick % before.length] ?? 0;
        const server = { url: 'http://h:9', name: 'nine' };
        const edit = applyEdit(text, {
          kind: 'update-server',
          pool: 'default',
          backend: `h:${port}`,
          server,
        });
        const after = edit.ok ? edit.value : '';
        expect(ports(after)).toEqual(before.map((one) => (one === port ? 9 : one)));
        expect(notes(after)).toEqual(notes(text));
      }),
    );
  });

  it('is the same config in full, and keeps every comment', () => {
    fc.assert(
      fc.property(simple, (text) => {
        const edit = applyEdit(text, { kind: 'add-pool', pool: 'more', servers: ['http://h:9'] });
        const after = parsed(edit.ok ? edit.value : '');
        const before = parsed(text);
        expect(after).toEqual({ ...before, pools: [...before.pools, after.pools[1]] });
        expect(notes(edit.ok ? edit.value : '').sort()).toEqual(notes(text).sort());
      }),
      runs(500),
    );
  });
});
