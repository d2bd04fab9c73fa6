import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createNetServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BackendProcess } from '../support/backend-process.ts';
import { CliBench, type CliRun } from '../support/cli-run.ts';
import { until } from '../support/until.ts';

let bench: CliBench;
let backend: BackendProcess;
let path: string;
beforeEach(async () => {
  bench = new CliBench();
  backend = await new BackendProcess('b').start();
  path = write();
});
afterEach(async () => {
  await bench.stop();
  await backend.kill();
});

function write(change: object = {}): string {
  const base = { port: '127.0.0.1:0', healthCheckInterval: '100ms', servers: [backend.url] };
  return bench.config({ ...base, ...change });
}

async function freePort(): Promise<number> {
  const server = createNetServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

async function serving(...flags: string[]): Promise<{ run: CliRun; url: string }> {
  const run = bench.run('serve', '--config', path, ...flags);
  return { run, url: await run.listening() };
}

describe('a config that changes while it is served', () => {
  it('a new port is told when it is ready, and the old one is let go', async () => {
    const { run, url } = await serving();
    const port = await freePort();
    write({ port: `127.0.0.1:${port}` });
    await until('the new one is told', () => run.out.split('\n').length === 3);
    expect(run.out).toBe(
      `listening on ${url} → 1 backend (round-robin)\nlistening on http://127.0.0.1:${port} → 1 backend (round-robin)\n`,
    );
    expect((await fetch(`http://127.0.0.1:${port}`)).status).toBe(200);
    await until('the old one refuses', () =>
      fetch(url).then(
        () => false,
        () => true,
      ),
    );
  });

  it('a port in use changes nothing, and the old one goes on', async () => {
    const { run, url } = await serving();
    write({ port: `127.0.0.1:${backend.port}` });
    await run.says(/config not reloaded, the old one stays: 127\.0\.0\.1:\d+ is already in use;/);
    expect((await fetch(url)).status).toBe(200);
  });

  it.skipIf(process.platform === 'win32')('SIGHUP is answered even when nothing has changed', async () => {
    const { run } = await serving();
    run.child.kill('SIGHUP');
    await run.says(/^config reloaded: nothing has changed$/m);
    expect(run.out.split('\n')).toHaveLength(2);
  });

  it.skipIf(process.platform === 'win32')(
    'saves and SIGHUPs at once are put in force one by one',
    async () => {
      const { run } = await serving();
      const port = await freePort();
      write({ port: `127.0.0.1:${port}` });
      for (let times = 0; times < 5; times++) run.child.kill('SIGHUP');
      await run.says(new RegExp(`listening on http://127\\.0\\.0\\.1:${port} `));
      run.child.kill('SIGTERM');
      expect(await run.exited).toBe(0);
      expect(run.err).not.toContain('not reloaded');
    },
  );

  it('a file that goes is told, changes nothing, and is read when it is back', async () => {
    const { run, url } = await serving();
    rmSync(path);
    await run.says(/config not reloaded, the old one stays: .*config\.json does not exist\./);
    expect((await fetch(url)).status).toBe(200);
    write({ healthCheckInterval: '200ms' });
    await run.says(/config reloaded: interval 100ms → 200ms/);
  });
});

describe('whoever reads along', () => {
  it('may leave, and the balancer stays', async () => {
    const { run, url } = await serving();
    run.child.stdout?.destroy();
    run.child.stderr?.destroy();
    const other = await new BackendProcess('other').start();
    write({ servers: [other.url] });
    await until('the new one answers', async () => (await (await fetch(url)).text()).startsWith('other'));
    await backend.kill();
    expect((await fetch(url)).status).toBe(200);
    run.child.kill('SIGTERM');
    expect(await run.exited).toBe(0);
    await other.kill();
  });

  it('is told what lets other machines in', async () => {
    path = write({ port: '0.0.0.0:0' });
    const { run } = await serving();
    expect(run.out).toMatch(
      /^listening on http:\/\/127\.0\.0\.1:\d+ → 1 backend \(round-robin\), reachable from the network\n$/,
    );
  });
});

describe('a second signal', () => {
  it('cuts what is in flight, and the exit code stays 0', async () => {
    const silent = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const address = silent.address();
    path = write({ servers: [`http://127.0.0.1:${typeof address === 'object' && address?.port}`] });
    const { run, url } = await serving();
    const asked = new Promise((resolve) => {
      silent.on('request', ({ method }) => method === 'GET' && resolve(null));
    });
    const answer = fetch(url).then((response) => response.status);
    await asked;
    run.child.kill('SIGINT');
    await run.says(/^stopping$/m);
    const signalledAt = performance.now();
    run.child.kill('SIGTERM');
    expect(await run.exited).toBe(0);
    expect(performance.now() - signalledAt).toBeLessThan(2_000);
    expect(await answer).toBe(503);
    silent.closeAllConnections();
    silent.close();
  });
});
