import type { Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { complaintsOfAxe } from './support/axe.ts';
import { launch, type RunningApp } from './support/launch.ts';

let running: RunningApp;
beforeAll(async () => {
  running = await launch('built', []);
  await running.page.getByText('demo, not saved').waitFor();
});
afterAll(() => running.close());

/** How to get to what is looked at, from any screen without a dialog. */
const PLACES: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  'the pool': (page) => toPool(page),
  'the traffic panel': async (page) => {
    await toPool(page);
    await page.getByRole('button', { name: 'Send traffic' }).click();
    await page.getByRole('region', { name: 'Send traffic' }).waitFor();
  },
  'the menu of policies': async (page) => {
    await toPool(page);
    await page.getByRole('button', { name: 'Round robin' }).click();
    await page.getByRole('menuitemradio', { name: /^Peak EWMA/ }).waitFor();
  },
  "a backend's menu": async (page) => {
    await toPool(page);
    await page.getByRole('row', { name: 'demo-1', exact: true }).getByRole('button').last().click();
    await page.getByRole('menuitem').first().waitFor();
  },
  'a new backend': async (page) => {
    await toPool(page);
    await page.getByRole('button', { name: 'Add backend' }).click();
    await page.getByRole('dialog').waitFor();
  },
  'the pool settings': async (page) => {
    await toPool(page);
    await page.getByRole('button', { name: 'Pool settings' }).click();
    await page.getByRole('dialog').waitFor();
  },
  'the requests': (page) => show(page, 'Requests'),
  'the config': async (page) => {
    await show(page, 'Config');
    await page.locator('.cm-content').waitFor();
  },
};

describe.each(['light', 'dark'] as const)('in the %s theme, axe finds nothing', (colorScheme) => {
  afterEach(async () => {
    await running.page.keyboard.press('Escape');
  });

  it.each(Object.entries(PLACES))('on %s', async (_, go) => {
    const { page } = running;
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await go(page);
    expect(await complaintsOfAxe(page)).toEqual([]);
  });
});

async function toPool(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^default/ }).click();
  await page.getByRole('heading', { name: 'default' }).waitFor();
}

async function show(page: Page, screen: string): Promise<void> {
  await page.getByRole('button', { name: screen, exact: true }).click();
  await page.getByRole('heading', { name: screen }).waitFor();
}
