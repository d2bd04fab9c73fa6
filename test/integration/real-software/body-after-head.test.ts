import { Agent, request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { isInstalled } from '../../support/installed.ts';
import { startServer } from '../../support/server-process.ts';
import { oneConfig, startEngine } from '../../support/test-engine.ts';

const PYTHON = '/usr/bin/python3';
const SCRIPT = join(import.meta.dirname, '../../support/servers/body_after_head.py');
const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

function ask(agent: Agent, port: number, method: string): Promise<string> {
  return new Promise((resolve, reject) => {
    httpRequest({ host: '127.0.0.1', port, method, agent }, (response) => {
      let text = '';
      response.on('data', (bytes: Buffer) => {
        text += bytes.toString();
      });
      response.on('end', () => resolve(`${response.statusCode} ${text}`));
    })
      .on('error', reject)
      .end();
  });
}

it('a body that a server sends after HEAD does not spoil the next GET', { timeout: 60_000 }, async () => {
  if (!isInstalled(PYTHON)) return;
  const server = await startServer((port) => [PYTHON, SCRIPT, String(port)]);
  stops.push(() => server.stop());
  const engine = await startEngine(oneConfig([server.url]));
  stops.push(() => engine.stop());
  await engine.settle();
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  stops.push(() => agent.destroy());
  const got: string[] = [];
  for (let turn = 0; turn < 300; turn++) {
    expect(await ask(agent, engine.port, 'HEAD')).toBe('200 ');
    got.push(await ask(agent, engine.port, 'GET'));
  }
  expect(got.filter((one) => one !== '200 hello')).toEqual([]);
});
