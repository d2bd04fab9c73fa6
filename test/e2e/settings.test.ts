import { afterEach, expect, it } from 'vitest';
import { until } from '../support/until.ts';
import { shownDialogs, willPress } from './support/human.ts';
import { launch } from './support/launch.ts';
import { threeBackends } from './support/story.ts';

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

it('turns the control API on after a yes, copies its token and lets a program in with it', async () => {
  const { backends, path } = await threeBackends();
  stops.push(() => Promise.all(backends.map((one) => one.kill())));
  const { page, app, screenshot, complaints, close } = await launch('built', ['--config', path]);
  stops.push(close);
  await page.getByText('3 of 3 up').waitFor();
  await page.keyboard.press(',');
  await page.getByRole('heading', { name: 'Settings' }).waitFor();
  await page.getByRole('switch', { name: 'Control API' }).waitFor();
  await screenshot('settings');

  await page.getByLabel('Address').fill('0.0.0.0:0');
  await page.getByRole('button', { name: 'Change address' }).click();
  await page.getByText(/could be reached by other machines/).waitFor();
  await page.getByLabel('Address').fill('127.0.0.1:0');
  await page.getByRole('button', { name: 'Change address' }).click();
  await page.getByRole('switch', { name: 'Control API' }).click();
  await until('main has asked, and was told no', async () => (await shownDialogs(app)).length === 1);
  expect(await page.getByText('Answers at').count()).toBe(0);
  await willPress(app, 'Turn On');
  await page.getByRole('switch', { name: 'Control API' }).click();
  await page.getByRole('button', { name: 'Copy the token' }).click();
  await page.getByText('Token copied.').waitFor();
  const token = await app.evaluate(({ clipboard }) => clipboard.readText());
  expect(token).toMatch(/^[0-9a-f]{64}$/);
  expect(await page.content()).not.toContain(token);
  const url = await page.getByText(/^http:\/\/127\.0\.0\.1:\d+$/).textContent();
  const state = await fetch(`${url}/v1/state`, { headers: { authorization: `Bearer ${token}` } });
  expect(state.status).toBe(200);
  await page.getByRole('button', { name: 'Copy a cURL command' }).click();
  await until('the command is on the clipboard', async () => {
    const command = await app.evaluate(({ clipboard }) => clipboard.readText());
    return command === `curl -H "Authorization: Bearer ${token}" ${url}/v1/state`;
  });
  await page.getByRole('button', { name: 'Use the open one' }).click();
  await page.getByRole('button', { name: 'Clear' }).waitFor();
  await screenshot('settings-control');
  await page.setViewportSize({ width: 900, height: 600 });
  await screenshot('settings-small');
  await page.setViewportSize({ width: 1280, height: 800 });

  await page.getByRole('button', { name: 'Renew…' }).click();
  await screenshot('settings-renew');
  await page.getByRole('button', { name: 'Renew the token' }).click();
  await until('the old token opens nothing', async () => {
    const now = await page.getByText(/^http:\/\/127\.0\.0\.1:\d+$/).textContent();
    const answer = await fetch(`${now}/v1/state`, { headers: { authorization: `Bearer ${token}` } }).catch(
      () => null,
    );
    return answer?.status === 401;
  });
  await page.getByRole('switch', { name: 'Control API' }).click();
  await page.getByText('Answers at').waitFor({ state: 'hidden' });
  expect(complaints).toEqual([]);
});
