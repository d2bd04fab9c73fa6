import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { processesWith } from '../support/processes.ts';
import { SERVICE_COMMAND } from '../support/supervised.ts';
import { until } from '../support/until.ts';
import { shownDialogs, willPress } from './support/human.ts';
import { launch } from './support/launch.ts';

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

it('runs the commands of a config when they were seen and allowed, kills one for real, and leaves none behind', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'switchyard-e2e-'));
  stops.push(() => rmSync(folder, { recursive: true }));
  const mark = crypto.randomUUID();
  const touched = join(folder, 'touched');
  const path = join(folder, 'config.json');
  const env = { SWITCHYARD_TEST_MARK: mark };
  const servers = [
    { command: SERVICE_COMMAND, name: 'users', instances: 3, env },
    { command: `touch ${touched} && sleep 600`, name: 'mark', env },
  ];
  writeFileSync(path, JSON.stringify({ port: '127.0.0.1:0', healthCheckInterval: '500ms', servers }));
  const press = ['Use Without Commands'];
  const { app, page, screenshot, close } = await launch('built', ['--config', path], { press });
  let isClosed = false;
  stops.push(() => isClosed || close());
  await page.getByText('2 commands of this config do not run yet:').waitFor();
  await screenshot('commands-waiting');
  await page.getByRole('button', { name: 'Review commands' }).click();
  const dialog = page.getByRole('dialog', { name: 'Run the commands of this config?' });
  await dialog.getByText(SERVICE_COMMAND, { exact: true }).waitFor();
  await dialog.getByText(`touch ${touched} && sleep 600`, { exact: true }).waitFor();
  await screenshot('commands-review');
  expect(processesWith(`SWITCHYARD_TEST_MARK=${mark}`)).toEqual([]);
  expect(existsSync(touched)).toBe(false);

  await dialog.getByRole('button', { name: 'Allow and run…' }).click();
  await until('main has asked, and was told no', async () => (await shownDialogs(app)).length === 2);
  expect(processesWith(`SWITCHYARD_TEST_MARK=${mark}`)).toEqual([]);
  await willPress(app, 'Allow and Run');
  await page.getByRole('button', { name: 'Review commands' }).click();
  await page.getByRole('button', { name: 'Allow and run…' }).click();
  await page.getByText('3 of 3 up').waitFor();
  const first = page.getByRole('listitem').filter({ has: page.getByText('users-1', { exact: true }) });
  const pid = await first.getByText(/^pid \d+$/).textContent();
  await page.getByRole('button', { name: 'Kill users-1' }).click();
  await screenshot('kill');
  await page.getByRole('button', { name: 'Kill the process' }).click();
  await first.getByText(/^was ended by SIGKILL/).waitFor();
  await page.setViewportSize({ width: 1280, height: 1100 });
  await screenshot('commands-killed');
  await first.getByText('running', { exact: true }).waitFor();
  expect(await first.getByText(/^pid \d+$/).textContent()).not.toBe(pid);
  await page.getByText('3 of 3 up').waitFor();
  await page.getByRole('button', { name: 'Output of users-1' }).click();
  const output = page.getByRole('dialog', { name: 'Output of users-1' });
  await output
    .getByText(/^listening on \d+$/)
    .last()
    .waitFor();
  await screenshot('commands-output');
  await output.getByRole('button', { name: 'Close' }).last().click();
  await page.getByRole('button', { name: 'One more instance of users' }).click();
  await page.getByText('4 of 4 up').waitFor();
  await page.getByRole('button', { name: 'More for users-2' }).click();
  await page.getByRole('menuitem', { name: 'Pause the process' }).waitFor();
  await screenshot('commands-menu');
  await page.keyboard.press('Escape');
  await page.setViewportSize({ width: 900, height: 600 });
  await page.getByRole('heading', { name: 'Processes' }).scrollIntoViewIfNeeded();
  await screenshot('commands-small');

  isClosed = true;
  await close();
  await until('no process is left', () => processesWith(`SWITCHYARD_TEST_MARK=${mark}`).length === 0);
});
