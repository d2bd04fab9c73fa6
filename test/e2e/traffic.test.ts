import { afterEach, expect, it } from 'vitest';
import { launch, type RunningApp } from './support/launch.ts';

let running: RunningApp | null = null;
afterEach(async () => {
  await running?.close();
  running = null;
});

/** Milliseconds a run may take on a machine that is busy with other things. */
const LONG_MS = 60_000;

it('a steady rate from the demo, once under each of two policies, side by side', async () => {
  running = await launch('built', []);
  const { page } = running;
  await page.getByText('demo, not saved').waitFor();
  await page.getByRole('button', { name: 'Send traffic' }).click();
  const panel = page.getByRole('region', { name: 'Send traffic' });
  await running.screenshot('traffic-empty');

  await panel.getByRole('button', { name: 'A steady rate' }).click();
  await panel.getByLabel('Requests a second').fill('300');
  await panel.getByLabel('For how many seconds').fill('2');
  await panel.getByRole('button', { name: 'Headers, body, more paths' }).click();
  await panel.getByLabel('Headers, one a line').fill('X-User: 7');
  await panel.getByRole('button', { name: 'Add a path' }).click();
  await panel.getByLabel('Path 2', { exact: true }).fill('/slow');
  await panel.getByLabel('Weight 1').fill('3');
  await running.screenshot('traffic-more');
  await panel.getByRole('button', { name: 'With 1 header, 2 paths' }).click();

  await panel.getByRole('button', { name: 'Send', exact: true }).click();
  await panel.getByRole('img', { name: /^Latency: / }).waitFor();
  await running.screenshot('traffic-running');
  await panel.getByText(/^600 of 600 answered in .* done$/).waitFor({ timeout: LONG_MS });
  expect(await panel.getByLabel('Answers', { exact: true }).textContent()).toBe('200600');
  await panel.getByText(/^The generator /).waitFor();

  await page.getByRole('button', { name: 'Round robin', exact: true }).click();
  await page.getByRole('menuitemradio', { name: /^Least connections/ }).click();
  await page.getByRole('button', { name: 'Least connections', exact: true }).waitFor();
  await panel.getByRole('button', { name: 'Send', exact: true }).click();
  await panel.getByRole('button', { name: 'Stop' }).waitFor();
  await panel.getByText(/^600 of 600 answered in .* done$/).waitFor({ timeout: LONG_MS });
  await panel.getByRole('checkbox', { name: /Least connections/ }).check();
  await panel.getByRole('checkbox', { name: /Round robin/ }).check();
  await running.screenshot('traffic-runs');

  await panel.getByRole('button', { name: 'Compare', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Compare two runs' });
  await dialog.getByText(/^Least connections had /).waitFor();
  await dialog.getByRole('row', { name: /^Share of demo-5 / }).waitFor();
  await running.screenshot('traffic-compare');
  await page.setViewportSize({ width: 900, height: 600 });
  await running.screenshot('traffic-compare-small');
  await page.keyboard.press('Escape');
  await running.screenshot('traffic-runs-small');
  expect(running.complaints).toEqual([]);
});

it('a run is stopped at once, by keyboard alone', async () => {
  running = await launch('built', []);
  const { page } = running;
  await page.getByText('demo, not saved').waitFor();
  await page.getByRole('button', { name: 'Send traffic' }).press('Enter');
  const panel = page.getByRole('region', { name: 'Send traffic' });
  await panel.getByRole('button', { name: 'So many at a time' }).press('Enter');
  await panel.getByLabel('For how many seconds').fill('600');
  await page.keyboard.press('Enter');
  await panel.getByRole('button', { name: 'Stop' }).press('Enter');
  await panel.getByText(/answered in .* s, stopped$/).waitFor();
  await panel.getByRole('button', { name: 'Send', exact: true }).waitFor();
  await page.keyboard.press('Escape');
  await panel.waitFor({ state: 'hidden' });
});

it('replays what the demo has answered through another policy, and puts it in force', async () => {
  running = await launch('built', []);
  const { page } = running;
  await page.getByText('demo, not saved').waitFor();
  await page.getByRole('button', { name: 'Round robin', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Compare with another policy…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Compare policies' });
  await dialog.getByText(/^The log holds too few answers/).waitFor();
  await running.screenshot('policy-lab-empty');
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Send traffic' }).click();
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.getByText(/^300 of 300 answered in .* done$/).waitFor({ timeout: LONG_MS });
  await page.getByRole('button', { name: 'Round robin', exact: true }).click();
  await running.screenshot('policy-lab-menu');
  await page.getByRole('menuitem', { name: 'Compare with another policy…' }).click();
  await dialog.getByText(/^300 requests of /).waitFor();
  await dialog.getByRole('row', { name: /^demo-5 20\.0 % 60 requests, / }).waitFor();
  await running.screenshot('policy-lab');
  await page.setViewportSize({ width: 900, height: 600 });
  await running.screenshot('policy-lab-small');
  await dialog.getByRole('button', { name: 'Use least connections' }).click();
  await page.getByRole('button', { name: 'Least connections', exact: true }).waitFor();
  expect(running.complaints).toEqual([]);
});
