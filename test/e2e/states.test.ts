import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { forbiddenPort } from './support/few-rights.ts';
import { launch } from './support/launch.ts';
import { sendRequests, shownRequests, threeBackends } from './support/story.ts';

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

it('offers the next free port where the one of the config is taken, and says what to try when nothing is up', async () => {
  const { backends, path, port } = await threeBackends();
  stops.push(() => Promise.all(backends.map((one) => one.kill())));
  const blocker = createServer();
  await new Promise<void>((resolve) => blocker.listen(port, '127.0.0.1', resolve));
  stops.push(() => new Promise((resolve) => blocker.close(resolve)));
  const { page, screenshot, close, complaints } = await launch('built', ['--config', path]);
  stops.push(close);
  await page
    .getByText(`Not listening: :${port} is already in use; stop what listens there, or choose another port.`)
    .waitFor();
  await screenshot('port-taken');
  await page.getByRole('button', { name: 'Use the next free port' }).click();
  await page.getByText(/^Now listening on :\d+\.$/).waitFor();
  await expect.poll(() => readFileSync(path, 'utf8')).not.toContain(`":${port}"`);
  const next = Number(/"port": ":(\d+)"/.exec(readFileSync(path, 'utf8'))?.[1]);
  expect(next).toBeGreaterThan(port);
  expect((await fetch(`http://localhost:${next}/`)).status).toBe(200);
  expect(readFileSync(path, 'utf8')).toContain('// where the balancer listens');

  await Promise.all(backends.map((one) => one.kill()));
  await page.getByText(/Start the service, or correct its port/).waitFor();
  await screenshot('all-down');
  await Promise.all(backends.map((one) => one.start()));
  await page.getByText('3 of 3 up').waitFor();
  expect(await page.getByText(/every request gets 503/).count()).toBe(0);
  expect(complaints).toEqual([]);
});

const forbidden = forbiddenPort();

it.skipIf(forbidden === null)(
  'says that a port takes more rights than it has, and offers one for which none are needed',
  async () => {
    const { backends, path, port } = await threeBackends();
    stops.push(() => Promise.all(backends.map((one) => one.kill())));
    writeFileSync(path, readFileSync(path, 'utf8').replace(`":${port}"`, `":${forbidden}"`));
    const few = { hasFewRights: true };
    const { page, screenshot, close, complaints } = await launch('built', ['--config', path], few);
    stops.push(close);
    await page
      .getByText(
        `Not listening: :${forbidden} needs more rights than this program has; choose a port from 1024 up.`,
      )
      .waitFor();
    await screenshot('port-forbidden');
    await page.getByRole('button', { name: 'Use the next free port' }).click();
    await page.getByText(/^Now listening on :\d+\.$/).waitFor();
    const next = Number(/"port": ":(\d+)"/.exec(readFileSync(path, 'utf8'))?.[1]);
    expect(next).toBeGreaterThan(1_023);
    expect((await fetch(`http://localhost:${next}/`)).status).toBe(200);
    expect(complaints).toEqual([]);
  },
);

// Modes of files are another thing on Windows.
it.skipIf(process.platform === 'win32')(
  'keeps an edit that cannot be saved, says why, and saves it as another file',
  async () => {
    const { backends, path, port } = await threeBackends();
    stops.push(() => Promise.all(backends.map((one) => one.kill())));
    const text = readFileSync(path, 'utf8');
    chmodSync(path, 0o444);
    chmodSync(dirname(path), 0o555);
    stops.push(() => chmodSync(dirname(path), 0o755));
    const few = { hasFewRights: true };
    const { app, page, screenshot, close, complaints } = await launch('built', ['--config', path], few);
    stops.push(close);
    await page.getByText('3 of 3 up').waitFor();
    await sendRequests(port, 30);

    await page.getByRole('button', { name: 'More for two' }).click();
    await page.getByRole('menuitem', { name: 'Edit…' }).click();
    const editor = page.getByRole('dialog', { name: 'Edit two' });
    await editor.getByLabel('Name').fill('zwei');
    await editor.getByRole('button', { name: 'Save' }).click();
    await editor.getByRole('alert').filter({ hasText: 'may not be written by you' }).waitFor();
    expect(await editor.getByLabel('Name').inputValue()).toBe('zwei');
    await screenshot('not-saved-dialog');
    await page.keyboard.press('Escape');
    // Not even for a moment was it another backend, with no past.
    await expect.poll(() => shownRequests(page)).toEqual([10, 10, 10]);

    await page.getByRole('button', { name: 'Config', exact: true }).click();
    const name = page.getByRole('textbox', { name: 'Name of server 1' });
    await name.fill('uno');
    await page.getByRole('button', { name: 'Review changes' }).click();
    const review = page.getByRole('dialog', { name: 'Review changes' });
    await review.getByRole('button', { name: 'Apply' }).click();
    await review
      .getByRole('alert')
      .filter({ hasText: `${path} may not be written by you; check its permissions. Nothing was changed.` })
      .waitFor();
    await screenshot('not-saved');
    await review.getByRole('button', { name: 'Back to editing' }).click();
    await page.getByText('not applied yet').waitFor();
    await screenshot('not-saved-kept');
    expect(await name.inputValue()).toBe('uno');
    expect(readFileSync(path, 'utf8')).toBe(text);
    expect((await fetch(`http://localhost:${port}/`)).status).toBe(200);

    const other = join(mkdtempSync(join(tmpdir(), 'switchyard-e2e-')), 'other.json');
    await app.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = async () => ({ canceled: false, filePath });
    }, other);
    await page.getByRole('alert').getByRole('button', { name: 'Save as…' }).click();
    await page.getByText(`Saved as ${other}, which is open from here on.`).waitFor();
    await screenshot('saved-as');
    expect(readFileSync(other, 'utf8')).toBe(text.replace('"name": "one"', '"name": "uno"'));
    expect(readFileSync(path, 'utf8')).toBe(text);
    await page.getByRole('button', { name: /^default/ }).click();
    await page.getByRole('row', { name: 'uno', exact: true }).waitFor();
    expect(complaints).toEqual([]);
  },
);
