import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { launch } from './support/launch.ts';
import { threeBackends } from './support/story.ts';

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
  await page.getByText(/Nothing listens on their ports: start the services/).waitFor();
  await screenshot('all-down');
  await Promise.all(backends.map((one) => one.start()));
  await page.getByText('3 of 3 up').waitFor();
  expect(await page.getByText(/every request is answered 503/).count()).toBe(0);
  expect(complaints).toEqual([]);
});
