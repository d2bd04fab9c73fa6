import { afterEach, beforeEach, expect, it } from 'vitest';
import type { BackendProcess } from '../support/backend-process.ts';
import { until } from '../support/until.ts';
import { EngineThread } from './support/engine-thread.ts';
import { launch, type RunningApp } from './support/launch.ts';
import { sendRequests, shownRequests, threeBackends } from './support/story.ts';

const PATIENT = { timeout: 60_000 };

let running: RunningApp;
let backends: BackendProcess[];
let port: number;
let engine: EngineThread;

beforeEach(async () => {
  const story = await threeBackends();
  ({ backends, port } = story);
  running = await launch('built', ['--config', story.path]);
  engine = new EngineThread(running.app);
  await running.page.getByText('3 of 3 up').waitFor();
  await engine.hold();
  await running.page.getByRole('button', { name: 'Reset', exact: true }).click();
  await until('main has called it', () => engine.isHeld());
});
afterEach(async () => {
  await running.close();
  await Promise.all(backends.map((one) => one.kill()));
});

/** Asks again and again, by a path that can be changed, and counts what was answered by path; what got no answer too. */
class Clients {
  path = '/before';
  readonly answered: Record<string, number> = {};
  unanswered = 0;
  #isOver = false;
  readonly #ends: Promise<void>[];

  constructor() {
    this.#ends = Array.from({ length: 4 }, () => this.#ask());
  }

  async stop(): Promise<void> {
    this.#isOver = true;
    await Promise.all(this.#ends);
  }

  async #ask(): Promise<void> {
    while (!this.#isOver) {
      const { path } = this;
      const answer = await fetch(`http://127.0.0.1:${port}${path}`).then(
        async (response) => `${path} ${response.status} ${(await response.text()).length > 0}`,
        () => null,
      );
      if (answer === null) this.unanswered++;
      else this.answered[answer] = (this.answered[answer] ?? 0) + 1;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
}

it('an engine that is killed under load is back on its port, says so, and counts what it has answered itself', async () => {
  const { page, screenshot, complaints } = running;
  await page.getByRole('switch', { name: 'two in rotation' }).click();
  await page.getByRole('row', { name: 'two', exact: true }).getByText('off by you').waitFor();
  const clients = new Clients();
  await until('requests flow', () => (clients.answered['/before 200 true'] ?? 0) > 100, 20_000);
  await engine.kill();
  clients.path = '/after';
  await until('they flow again', () => (clients.answered['/after 200 true'] ?? 0) > 200, 30_000);
  await clients.stop();
  expect(Object.keys(clients.answered)).toEqual(['/before 200 true', '/after 200 true']);
  const after = clients.answered['/after 200 true'] ?? 0;
  // What the one before had counted ended with it.
  await expect
    .poll(async () => (await shownRequests(page)).reduce((sum, one) => sum + one, 0), PATIENT)
    .toBe(after);
  expect((await shownRequests(page))[1]).toBe(0);
  await page.getByRole('row', { name: 'two', exact: true }).getByText('off by you').waitFor();
  await screenshot('engine-killed');
  expect(complaints).toEqual([]);
});

it('an engine that ends again and again is given up, says so, and is started again when it is asked to', async () => {
  const { page, screenshot, complaints } = running;
  await sendRequests(port, 30);
  await expect.poll(() => shownRequests(page), PATIENT).toEqual([10, 10, 10]);
  await engine.doom(true);
  await engine.kill();
  await page.getByText(/^The engine stopped \(.*\) and is being started again/).waitFor();
  await screenshot('engine-restarting');
  await page.getByText(/^The engine cannot be kept running/).waitFor(PATIENT);
  await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow();
  await screenshot('engine-failed');
  await page.setViewportSize({ width: 900, height: 600 });
  await screenshot('engine-failed-small');
  await page.setViewportSize({ width: 1280, height: 800 });
  await engine.doom(false);
  await page.getByRole('button', { name: 'Start it again' }).click();
  await page.getByText('3 of 3 up').waitFor(PATIENT);
  expect(await sendRequests(port, 30)).toEqual({ 200: 30 });
  await expect.poll(() => shownRequests(page), PATIENT).toEqual([10, 10, 10]);
  expect(await page.getByText(/^The engine /).count()).toBe(0);
  await screenshot('engine-again');
  expect(complaints).toEqual([]);
});
