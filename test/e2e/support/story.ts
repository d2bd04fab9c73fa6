import { mkdtempSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { BackendProcess } from '../../support/backend-process.ts';

export const NAMES = ['one', 'two', 'three'] as const;

/** Three backends in processes of their own, and a config file with comments that names them. */
export async function threeBackends(): Promise<{ backends: BackendProcess[]; path: string; port: number }> {
  const backends = await Promise.all(NAMES.map((name) => new BackendProcess(name).start()));
  const port = await freePort();
  const path = join(mkdtempSync(join(tmpdir(), 'switchyard-e2e-')), 'config.json');
  const servers = backends.map((one) => `    { "name": "${one.name}", "url": "${one.url}" }`).join(',\n');
  const text = `{\n  // where the balancer listens\n  "port": ":${port}",\n  "healthCheckInterval": "500ms", // twice a second\n  "servers": [\n${servers}\n  ]\n}\n`;
  writeFileSync(path, text);
  return { backends, path, port };
}

/** Sends so many real requests, ten at a time, and tells each status how often. */
export async function sendRequests(port: number, count: number): Promise<Record<string, number>> {
  const statuses: Record<string, number> = {};
  let left = count;
  const worker = async () => {
    while (left-- > 0) {
      const answer = await fetch(`http://127.0.0.1:${port}/`);
      await answer.text();
      statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: 10 }, worker));
  return statuses;
}

/** What the window's table says each backend has had. */
export async function shownRequests(page: Page): Promise<number[]> {
  return Promise.all(
    NAMES.map(async (name) => {
      const cell = page.getByRole('row', { name, exact: true }).locator('[data-figure=requests]');
      return Number((await cell.textContent())?.replaceAll(',', ''));
    }),
  );
}

/** The row's own words on how a backend stands. */
export async function rowText(page: Page, name: string): Promise<string> {
  return (await page.getByRole('row', { name, exact: true }).textContent()) ?? '';
}

/** Below the range that outgoing connections take their ports from. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    if (!(await isListening(port))) return port;
  }
}

export function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
