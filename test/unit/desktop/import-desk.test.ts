import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ImportDesk } from '../../../electron/desktop/import-desk.ts';
import { findCheck } from '../../../electron/engine/health/find-check.ts';
import { ok } from '../../../shared/calls/result.ts';
import type { ConfigDocument } from '../../../shared/config/config-document.ts';
import type { ImportReview } from '../../../shared/config/import-review.ts';

let folder: string;
let reviews: ImportReview[];
let created: string[];
let desk: ImportDesk;
const document: ConfigDocument = {
  text: '',
  revision: 1,
  path: null,
  isDemo: true,
  fileIssues: [],
  toAllow: [],
};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'switchyard-'));
  [reviews, created] = [[], []];
  desk = new ImportDesk({
    config: {
      document,
      open: async () => ok(document),
      create: async (_, text) => {
        created.push(text);
        return ok(document);
      },
    },
    onReview: (review) => reviews.push(review),
    isFree: async (port) => ![8080, 8082].includes(port),
    findCheck: (url) => findCheck(url),
  });
});

afterEach(() => rm(folder, { recursive: true }));

async function review(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  expect(await desk.open(path)).toEqual(ok(document));
  return path;
}

it('listens beside the ports that others have, where the file names none', async () => {
  const source = await review('Procfile', 'web: a $PORT\napi: b $PORT');
  expect(reviews).toMatchObject([{ listeners: [':8081', ':8083'] }]);
  await desk.save(source, join(folder, 'elsewhere', 'switchyard.jsonc'));
  expect(created[0]).toContain('":8083"');
});

it('keeps the ports that the file names', async () => {
  await review(
    'nginx.conf',
    'upstream a { server h:1; } server { listen 8080; location / { proxy_pass http://a; } }',
  );
  expect(reviews).toMatchObject([{ listeners: [':8080'] }]);
});
