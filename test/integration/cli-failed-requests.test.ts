import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CliBench } from '../support/cli-run.ts';
import { portOf } from '../support/listening.ts';
import { RawClient } from '../support/raw-client.ts';

let bench: CliBench;
let url = '';
const server = createServer((request, response) => {
  if (request.url === '/500') response.writeHead(500).end();
  else if (request.url === '/cut') request.socket.destroy();
  else if (request.url === '/half') {
    response.writeHead(200, { 'content-length': 10 }).write('half');
    setImmediate(() => request.socket.destroy());
  } else response.end('ok');
});
beforeAll(async () => {
  bench = new CliBench();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${portOf(server)}`;
});
afterAll(async () => {
  await bench.stop();
  server.closeAllConnections();
  server.close();
});

async function serve(...flags: string[]) {
  const config = bench.config({
    listeners: [{ address: '127.0.0.1:0', defaultPool: 'p' }],
    pools: { p: { servers: [{ url, name: 'api' }], healthCheck: { type: 'off' } } },
  });
  const run = bench.run('serve', '--config', config, ...flags);
  const listening = await run.listening();
  // A connection each: one that is kept may be reset by the one before.
  const get = async (path: string) => {
    const client = new RawClient(Number(new URL(listening).port));
    client.send(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    const text = await client.ends();
    client.close();
    return text;
  };
  return { run, get };
}

describe('serve prints one line for each failed request', () => {
  it("an error of Switchyard's own, a backend's, and a response that was cut short", async () => {
    const { run, get } = await serve();
    await get('/fine');
    await get('/500');
    await run.says(new RegExp(`^GET /500 → 500: the response of api \\(${url}\\)$`, 'm'));
    await get('/cut');
    await run.says(new RegExp(`^GET /cut → 502: api \\(${url}\\): connection (closed|reset)`, 'm'));
    await get('/half');
    await run.says(
      new RegExp(`^GET /half → 200, cut short: api \\(${url}\\): connection (closed|reset)`, 'm'),
    );
    await get(`/${'t'.repeat(9_000)}`);
    await run.says(
      /^GET \/t+… → 414: The request target is longer than 8192 bytes\. The limit is limits\.target/m,
    );
    expect(run.err).not.toContain('/fine');
  });

  it('ten a second, and how many more there were', async () => {
    const { run, get } = await serve();
    await Promise.all(Array.from({ length: 30 }, () => get('/500')));
    await run.says(/^\d+ more failed requests in this second$/m);
    const lines = run.err.match(/^GET \/500 → 500/gm)?.length ?? 0;
    const omitted = [...run.err.matchAll(/^(\d+) more failed/gm)].reduce((sum, [, n]) => sum + Number(n), 0);
    expect(lines + omitted).toBe(30);
  });

  it('as JSON with --json', async () => {
    const { run, get } = await serve('--json');
    await get('/500');
    await run.says(/"event":"request-failed"/);
    const line = run.err.split('\n').find((one) => one.includes('request-failed')) ?? '';
    expect(JSON.parse(line)).toEqual({
      event: 'request-failed',
      code: 'backend-status',
      listener: '127.0.0.1:0',
      pool: 'p',
      client: '127.0.0.1',
      method: 'GET',
      target: '/500',
      status: 500,
      backend: { name: 'api', url },
      reason: '',
    });
  });

  it('and none with --quiet', async () => {
    const { run, get } = await serve('--quiet');
    expect(await get('/500')).toMatch(/^HTTP\/1.1 500 /);
    run.child.kill('SIGINT');
    await run.exited;
    expect(run.err).not.toContain('/500');
  });
});
