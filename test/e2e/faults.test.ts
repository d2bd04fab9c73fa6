import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { BackendProcess } from '../support/backend-process.ts';
import { until } from '../support/until.ts';
import { launch } from './support/launch.ts';

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

it('makes a backend crash by its menu, shows how that was noticed and what it cost, and mends it', async () => {
  const servers: { url: string; name: string }[] = [];
  for (const name of ['users-1', 'users-2', 'users-3']) {
    const backend = await new BackendProcess(name).start();
    stops.push(() => backend.kill());
    servers.push({ url: backend.url, name });
  }
  const path = join(mkdtempSync(join(tmpdir(), 'switchyard-e2e-')), 'config.json');
  writeFileSync(
    path,
    JSON.stringify({
      listeners: [{ address: '127.0.0.1:0', defaultPool: 'users' }],
      pools: { users: { servers, healthCheck: { interval: '1s' } } },
      scenarios: { 'bad-deploy': ['at 0s: users-1 crash', 'at 1s: users-2 latency 300ms', 'at 1h: restore'] },
    }),
  );
  const { page, screenshot, close } = await launch('built', ['--config', path]);
  stops.push(close);
  await page.getByText('3 of 3 up').waitFor();
  const address = await page
    .getByText(/^127\.0\.0\.1:\d+$/)
    .first()
    .textContent();
  const url = `http://${address}/`;

  const more = (name: string) => page.getByRole('button', { name: `More for ${name}` }).click();
  await more('users-2');
  await page.getByRole('menuitem', { name: 'Simulate a fault' }).click();
  await page.getByRole('menuitem', { name: 'Flaky 10 %' }).waitFor();
  await screenshot('faults-menu');
  await page.getByRole('menuitem', { name: 'Crash', exact: true }).click();
  await page.getByText('Simulated faults are active.').waitFor();
  // The balancer finds out, and no client gets to see it.
  const statuses = await Promise.all(Array.from({ length: 30 }, async () => (await fetch(url)).status));
  expect(new Set(statuses)).toEqual(new Set([200]));
  await page
    .getByText(/^down \d+ s: connection refused/)
    .first()
    .waitFor();

  await more('users-3');
  await page.getByRole('menuitem', { name: 'Simulate a fault' }).click();
  await page.getByRole('menuitem', { name: 'Another…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Faults of users-3' });
  await dialog.getByLabel('Kind of fault').selectOption('error');
  await dialog.getByLabel('Status').fill('42');
  await dialog.getByRole('button', { name: 'Add the fault' }).click();
  await dialog.getByText(/"42" must be a status from 200 to 599/).waitFor();
  await dialog.getByLabel('Status').fill('500');
  await dialog.getByText('Which requests').click();
  await dialog.getByLabel('Every').fill('2');
  await dialog.getByRole('button', { name: 'Traffic', exact: true }).click();
  await dialog.getByRole('button', { name: 'Add the fault' }).click();
  await dialog.getByText('error 500 every=2 affects=traffic').waitFor();
  await dialog.getByLabel('Kind of fault').selectOption('latency');
  await dialog.getByLabel('Late by').fill('5ms');
  await dialog.getByLabel('Give or take').fill('2ms');
  await dialog.getByLabel('Spread').selectOption('normal');
  await dialog.getByLabel('Direction').selectOption('to-backend');
  await dialog.getByLabel('Path begins with').fill('/orders');
  await dialog.getByRole('button', { name: 'Add a header' }).click();
  await dialog.getByLabel('Name of header 1').fill('X-User');
  await dialog.getByLabel('Value of header 1').fill('anna');
  await dialog
    .getByText(/^Requests reach it 5ms late, mostly within 2ms of that\. Hits all requests/)
    .waitFor();
  await screenshot('faults-dialog-which');
  await page.setViewportSize({ width: 900, height: 600 });
  await screenshot('faults-dialog-small');
  await page.setViewportSize({ width: 1280, height: 800 });
  await dialog.getByRole('button', { name: 'Add the fault' }).click();
  await dialog.getByText(/latency 5ms±2ms distribution=normal direction=to-backend path=\/orders/).waitFor();
  await screenshot('faults-dialog');
  await dialog.getByRole('button', { name: 'Done' }).click();
  for (let turn = 0; turn < 12; turn++) await fetch(url);
  const gap = page.getByRole('region', { name: 'Detection gap' });
  await until('the failures are counted', async () =>
    /client errors [1-9]/.test((await gap.textContent()) ?? ''),
  );
  await screenshot('faults');
  await page.setViewportSize({ width: 1280, height: 1_100 });
  await screenshot('faults-table');
  await page.setViewportSize({ width: 900, height: 600 });
  await screenshot('faults-small');
  await page.setViewportSize({ width: 1280, height: 800 });

  await page.getByRole('button', { name: 'Clear all faults' }).click();
  await page.getByText('3 of 3 up').waitFor();
  await until('both are over', async () => ((await gap.textContent()) ?? '').includes('so far') === false);
  await screenshot('faults-over');

  await page.getByRole('button', { name: 'Rehearse a scenario' }).click();
  await page.getByRole('menuitem', { name: /^Play bad-deploy/ }).click();
  await page.getByText(/2 of 3 steps done, next in 1 h: restore/).waitFor();
  await page.getByText(/users-1 refuses connections · users-2 answers 300 ms late/).waitFor();
  await screenshot('scenario');
  await page.getByRole('button', { name: 'Stop and restore' }).click();
  await page.getByText('Simulated faults are active.').waitFor({ state: 'hidden' });
  await page.getByText('3 of 3 up').waitFor();

  await page.getByRole('button', { name: 'Rehearse a scenario' }).click();
  await page.getByRole('menuitem', { name: 'New scenario…' }).click();
  const editor = page.getByRole('dialog', { name: 'New scenario' });
  await editor.getByLabel('Name').fill('short');
  const steps = editor.getByLabel('Steps, one on each line');
  await steps.fill('at 0s: users-1 crash\nin a while: restore');
  await editor.getByText(/^Line 2 has no time/).waitFor();
  await screenshot('scenario-editor-wrong');
  await steps.fill('at 0s: users-1 crash\nat 0s: users-9 crash');
  await editor.getByRole('button', { name: 'Save' }).click();
  await editor.getByText(/there is no backend "users-9"/).waitFor();
  await screenshot('scenario-editor-refused');
  await steps.fill('at 0s: users-1 crash\nat 500ms: restore');
  await editor.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: 'Rehearse a scenario' }).click();
  await screenshot('scenario-menu');
  await page.getByRole('menuitem', { name: /^Play short/ }).click();
  await page.getByText('Scenario short:').waitFor();
  await page.getByText('Scenario short:').waitFor({ state: 'hidden' });
});
