import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterEach, expect, it } from 'vitest';
import { until } from '../support/until.ts';
import { launch } from './support/launch.ts';

interface Heard {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const run = promisify(execFile);
const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

/** Answers with JSON in gzip and a cookie, and remembers what it heard. */
async function backend(name: string) {
  const heard: Heard[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (bytes: Buffer) => {
      body += bytes.toString('utf8');
    });
    request.on('end', () => {
      if (request.headers['user-agent'] !== 'switchyard-probe')
        heard.push({ method: request.method, url: request.url, headers: request.headers, body });
      response.setHeader('Content-Type', 'application/json');
      response.setHeader('Content-Encoding', 'gzip');
      response.setHeader('Set-Cookie', 'session=s3cret; Path=/; HttpOnly');
      response.end(gzipSync(JSON.stringify({ by: name, items: [{ id: 1, name: 'Teapot' }] })));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stops.push(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return { name, url: `http://127.0.0.1:${port}`, heard };
}

it('a request with headers and a body is seen whole, copied as cURL, sent again and exported', async () => {
  const backends = [await backend('users-1'), await backend('users-2')];
  const config = {
    listeners: [{ address: '127.0.0.1:0', defaultPool: 'users', rehearsal: true }],
    pools: {
      users: { servers: backends.map(({ url, name }) => ({ url, name })), healthCheck: { interval: '10m' } },
    },
  };
  const folder = mkdtempSync(join(tmpdir(), 'switchyard-e2e-'));
  writeFileSync(join(folder, 'config.json'), JSON.stringify(config));
  const { app, page, screenshot, close, complaints } = await launch('built', [
    '--config',
    join(folder, 'config.json'),
  ]);
  stops.push(close);
  const address = await page
    .getByText(/^127\.0\.0\.1:\d+$/)
    .first()
    .textContent();
  const url = `http://${address}`;
  await page.getByRole('button', { name: 'Requests', exact: true }).click();
  await page.getByRole('button', { name: 'Bodies: off' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'users' }).click();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Bodies: users' }).waitFor();

  const body = JSON.stringify({ note: "it's 100 %", tags: ['a', 'b'] });
  const long = `/orders/${'a-long-segment/'.repeat(12)}?page=2&q=caf%C3%A9`;
  for (const path of ['/orders?page=2', long]) {
    const answer = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: {
        Authorization: 'Bearer t0ken',
        Cookie: 'session=abc; theme=dark',
        'Content-Type': 'application/json',
        'X-Empty': '',
      },
      body,
    });
    expect(answer.status).toBe(200);
    await answer.text();
  }
  const list = page.getByRole('list', { name: 'Requests, newest last' });
  await list.getByRole('button', { name: /^POST \/orders\?page=2,/ }).click();
  const detail = page.getByRole('region', { name: 'Request', exact: true });
  await detail.getByRole('tab', { name: 'Request' }).click();
  await detail.getByText('Bearer ••••••').waitFor();
  await detail.getByText('session=••••••; theme=••••••').waitFor();
  await detail.getByText(/"note": "it's 100 %"/).waitFor();
  await screenshot('request-detail');
  await detail.getByRole('button', { name: 'To users-1' }).click();
  await detail.getByText('added here').first().waitFor();
  await screenshot('request-forwarded');
  await detail.getByRole('tab', { name: 'Answer' }).click();
  await detail.getByText(/"name": "Teapot"/).waitFor();
  await detail.getByText(/decoded from gzip/).waitFor();
  await detail.getByRole('switch', { name: 'Reveal credentials and cookies' }).click();
  await detail.getByText('session=s3cret; Path=/; HttpOnly').waitFor();
  await screenshot('request-answer');

  // The command, run by a shell, reaches the other backend as the request reached the first.
  await detail.getByRole('button', { name: 'Copy as cURL' }).click();
  await page.getByText('cURL command copied.').waitFor();
  const command = await app.evaluate(({ clipboard }) => clipboard.readText());
  expect((await run('sh', ['-c', command])).stdout).toContain('"by":"users-');
  const all = () =>
    backends.flatMap(({ heard }) => heard).filter(({ url: path }) => path === '/orders?page=2');
  const [first, second] = all();
  expect(second).toEqual(first);
  expect(first?.body).toBe(body);

  const target = (await detail.getByRole('heading', { level: 2 }).textContent()) ?? '';
  expect(target).toBe('POST /orders?page=2');
  await detail.getByRole('button', { name: 'Send again to a backend of your choice' }).click();
  await page.getByRole('menuitem', { name: 'Send to users-2' }).click();
  await until('it was sent again', () => all().length === 3);
  expect(all().at(-1)).toEqual({
    ...first,
    headers: { ...first?.headers, connection: all().at(-1)?.headers.connection },
  });
  await detail.getByRole('tab', { name: 'What happened' }).click();
  await detail.getByText(/the request asked for it/).waitFor();
  await screenshot('request-sent-again');

  await list.getByRole('button', { name: /a-long-segment/ }).click();
  await detail.getByRole('heading', { name: /a-long-segment/ }).waitFor();
  await page.setViewportSize({ width: 900, height: 600 });
  await detail.getByRole('tab', { name: 'Request' }).click();
  await screenshot('request-detail-small');
  await page.setViewportSize({ width: 1280, height: 800 });

  await page.getByRole('searchbox', { name: 'Filter requests' }).fill('page=2');
  const path = join(folder, 'log.har');
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath });
  }, path);
  await page.getByRole('button', { name: 'Export what is shown as HAR' }).click();
  await page.getByRole('menuitem', { name: /^Export \d requests as HAR/ }).click();
  await page.getByText(/^\d requests written to .*log\.har\.$/).waitFor();
  const har = JSON.parse(readFileSync(path, 'utf8'));
  expect(har.log.entries.length).toBeGreaterThanOrEqual(3);
  expect(har.log.entries[0]).toMatchObject({
    request: { method: 'POST', url: `${url}/orders?page=2`, postData: { text: body } },
    response: { status: 200, content: { mimeType: 'application/json' } },
    _backend: 'users-1',
  });
  expect(JSON.stringify(har)).not.toMatch(/t0ken|s3cret/);
  expect(complaints).toEqual([]);
});
