import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import { isInstalled } from '../../support/installed.ts';
import { listening } from '../../support/listening.ts';
import { oneConfig, startEngine } from '../../support/test-engine.ts';

const run = promisify(execFile);
const listen = listening();
const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

/** curl and Java ask for h2c with every request; a WebSocket server refuses all it does not know. */
async function askForH2c(url: string): Promise<string> {
  const { stdout } = await run('curl', [
    '-s',
    '--http2',
    '-o',
    '-',
    '-w',
    ' %{http_code} %{http_version}',
    url,
  ]);
  return stdout;
}

describe.runIf(isInstalled('/usr/bin/curl'))('curl --http2, behind which is a server with WebSockets', () => {
  it('is served over HTTP/1.1, where the server itself refuses it', async () => {
    const server = createServer((_request, response) => response.end('ok'));
    const sockets = new WebSocketServer({ server });
    stops.push(() => sockets.close());
    const url = `http://127.0.0.1:${await listen(server)}`;
    const engine = await startEngine(oneConfig([url]));
    stops.push(() => engine.stop());
    await engine.settle();
    expect(await askForH2c(url)).toMatch(/ 400 1\.1$/);
    expect(await askForH2c(engine.url)).toBe('ok 200 1.1');
  });

  it('offers the server a protocol that the listener lists, and leaves h2c out', async () => {
    const asked: string[] = [];
    const server = createServer((_request, response) => response.end('ok'));
    server.on('upgrade', (request, socket) => {
      asked.push(String(request.headers.upgrade));
      socket.end('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: chat/2\r\n\r\nhello');
    });
    const url = `http://127.0.0.1:${await listen(server)}`;
    const engine = await startEngine(oneConfig([url], {}, { upgrades: ['Chat/2'] }));
    stops.push(() => engine.stop());
    await engine.settle();
    const upgrade = ['-H', 'Connection: Upgrade', '-H', 'Upgrade: h2c, chat/2'];
    const { stdout } = await run('curl', ['-s', '-i', '--http1.1', ...upgrade, engine.url]).catch(
      (error: { stdout: string }) => error,
    );
    expect(stdout).toMatch(/^HTTP\/1\.1 101 /);
    expect(asked).toEqual(['chat/2']);
  });
});
