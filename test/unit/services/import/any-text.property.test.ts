import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseConfig } from '../../../../electron/services/config/parse.ts';
import { importConfig } from '../../../../electron/services/import/import-config.ts';
import { kindOf } from '../../../../electron/services/import/source-kind.ts';
import type { ImportKind } from '../../../../shared/config/import-review.ts';
import { COMPOSE_YML, HAPROXY_CFG, NGINX_CONF, PROCFILE } from '../../../support/import-sources.ts';
import { runs } from '../../../support/property.ts';

const SOURCES: Readonly<Record<ImportKind, string>> = {
  nginx: NGINX_CONF,
  haproxy: HAPROXY_CFG,
  compose: COMPOSE_YML,
  procfile: PROCFILE,
};

/** Words of all four formats and what breaks words, in any order. */
const SCRAPS = [
  ...new Set(Object.values(SOURCES).flatMap((text) => text.split(/(\s+|[{};:"])/))),
  'upstream',
  'constructor',
  '__proto__',
  'toString',
  '*a',
  '&a',
  '<<:',
  '0',
  '-1',
  '99999',
  '999999999999',
  '"',
  "'",
  '\\',
  '\0',
  '{',
  '}',
  ';',
  '\n',
  ' ',
  '- ',
  '|',
  'é',
  '\uD800',
  '[::1]:5',
  'weight=0',
  'ssl',
];
const scraps = fc.array(fc.constantFrom(...SCRAPS), { maxLength: 60 }).map((all) => all.join(' '));

/** A good file with a piece cut out or replaced. */
const mutated = (text: string) =>
  fc
    .tuple(
      fc.nat(text.length),
      fc.nat(40),
      fc.oneof(fc.string({ maxLength: 20 }), fc.constantFrom(...SCRAPS)),
    )
    .map(([at, length, other]) => text.slice(0, at) + other + text.slice(at + length));

it.each(['nginx', 'haproxy', 'compose', 'procfile'] as const)(
  'whatever the text, %s is read as a valid config or refused with a sentence',
  (kind) => {
    const any = fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), scraps, mutated(SOURCES[kind]));
    fc.assert(
      fc.property(any, (text) => {
        kindOf('a', text);
        const result = importConfig({ kind, name: 'a\n*/b', text, folder: null });
        if (!result.ok) expect(result.error.message).toMatch(/[.?]$/);
        else expect(parseConfig(result.value.text)).toMatchObject({ ok: true });
        // What a config cannot have is left out and said, rather than held against the file.
        if (!result.ok) expect(result.error.message).not.toContain('cannot be imported');
      }),
      runs(400),
    );
  },
  60_000,
);

it.each([
  ['docker-compose.yml', '', 'compose'],
  ['compose.prod.yaml', '', 'compose'],
  ['Procfile', '', 'procfile'],
  ['Procfile.dev', '', 'procfile'],
  ['nginx.conf', '', 'nginx'],
  ['haproxy.cfg', '', 'haproxy'],
  ['users.conf', 'upstream users {\n}', 'nginx'],
  ['proxy.conf', 'frontend web\n bind :80', 'haproxy'],
  ['stack.yml', 'services:\n  a: 1', 'compose'],
  ['run', '# all\nweb: npm start\n', 'procfile'],
  ['config.json', 'upstream a {', null],
  ['notes', '{ "servers": [] }', null],
  ['notes', '// a config\n{}', null],
  ['notes.txt', 'just words', null],
])('a file %s with %j is for %s', (name, text, kind) => {
  expect(kindOf(name, text)).toBe(kind);
});
