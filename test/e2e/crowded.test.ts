import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { launch, type RunningApp } from './support/launch.ts';

let running: RunningApp | null = null;
afterEach(async () => {
  await running?.close();
  running = null;
});

function configFile(text: string): string {
  const path = join(mkdtempSync(join(tmpdir(), 'switchyard-e2e-')), 'config.json');
  writeFileSync(path, text);
  return path;
}

it('shows forty backends, the long names too, and says why none is available', async () => {
  const servers = Array.from({ length: 40 }, (_, index) => ({
    url: `http://127.0.0.1:${index + 1}`,
    name:
      index === 1
        ? 'a service whose name somebody has thought about for rather too long a time'
        : `service-${index + 1}`,
  }));
  running = await launch('built', ['--config', configFile(JSON.stringify({ port: '127.0.0.1:0', servers }))]);
  await running.page.getByText(/every request gets 503/).waitFor();
  expect(await running.page.getByRole('switch', { name: /in rotation/ }).count()).toBe(40);
  await running.screenshot('forty');
});

it('opens with a config it cannot use, shows what is wrong, and serves nothing', async () => {
  running = await launch('built', [
    '--config',
    configFile('{ "servers": ["localhost:5001"], "colour": "red" }'),
  ]);
  const { page } = running;
  await page.getByRole('heading', { name: 'Nothing is balanced yet' }).waitFor();
  await page
    .getByRole('alert')
    .getByText(/has no scheme; write "http:\/\/localhost:5001"/)
    .waitFor();
  await running.screenshot('unusable');
  await page.getByRole('button', { name: 'Show the config' }).first().click();
  await page.getByRole('button', { name: /servers\[0\]: "localhost:5001" has no scheme/ }).waitFor();
  await page.getByRole('button', { name: /colour.* is not a field/ }).waitFor();
});

it('marks a listener that other machines can reach', async () => {
  const text = JSON.stringify({ port: '0.0.0.0:0', servers: ['http://127.0.0.1:1'] });
  running = await launch('built', ['--config', configFile(text)], { press: ['Use It'] });
  await running.page.getByText('reachable from the network').waitFor();
});
