import type { AppCommand } from '../../../shared/calls/app-command.ts';
import type { Discovery, FoundServer } from '../../../shared/view/discovery.ts';
import type { LabAnswer, LabResult } from '../../../shared/view/policy-lab.ts';
import { atHealthz } from '../../renderer/found-check.ts';
import { latencyOf, runOf } from '../../renderer/traffic-runs.ts';
import { sampleReport } from '../../support/sample-report.ts';
import { AT, five, stateOf } from './fixtures.ts';
import type { Scene, Stage } from './stage.ts';

const command =
  (asked: AppCommand) =>
  async ({ push, page }: Stage) => {
    await push('onCommand', asked);
    await page.getByRole('dialog').waitFor();
  };
const backendDialog = (name: 'edit-backend' | 'faults' | 'health-check' | 'health-history', of = 'users-3') =>
  command({ kind: 'dialog', name, of, pool: 'users' });

const server = (port: number, name: string): FoundServer => ({
  url: `http://localhost:${port}`,
  port,
  status: 200,
  title: name === 'users-api' ? 'Users' : null,
  software: 'Express',
  owner: { kind: 'process', name, detail: 'node server.js', folder: `/home/ada/${name}`, pid: port },
});
const FOUND: Discovery = {
  groups: [
    { name: 'users-api', servers: [5001, 5002, 5003].map((port) => server(port, 'users-api')) },
    { name: 'carts', servers: [server(6001, 'carts')] },
  ],
  silent: [
    {
      port: 5432,
      owner: { kind: 'process', name: 'postgres', detail: null, folder: null, pid: 812 },
      reason: 'hangs up when asked in HTTP',
    },
  ],
  trouble: null,
};

const result = (share: number, p95Ms: number): LabResult => ({
  p50Ms: 5,
  p95Ms,
  p99Ms: p95Ms * 2,
  waited: 0,
  backends: [1, 2, 3].map((one) => ({
    backend: `users-${one}`,
    requests: one === 1 ? share : Math.round((1_200 - share) / 2),
    peakInFlight: 2 + one,
    p95Ms: p95Ms - one,
  })),
});
const LAB: LabAnswer = {
  requests: 1_200,
  spanMs: 192_000,
  unmeasured: [],
  measured: result(400, 40),
  replayed: [result(400, 41), result(310, 28)],
};

const byBackend = { 'http://localhost:5001': 150, 'http://localhost:5002': 150 };
const RUNS = [
  runOf(
    1,
    { startedAt: AT - 240_000, attempts: 312 },
    { byBackend, latency: latencyOf([2, 3, 3, 4, 4, 5, 6, 9, 14, 60]) },
  ),
  runOf(
    2,
    { startedAt: AT - 60_000, policy: 'least-connections' },
    { byBackend, latency: latencyOf([2, 2, 3, 3, 4, 4, 5, 7, 9, 21]), answers: { '200': 297, '503': 3 } },
  ),
];
const withRuns = stateOf(five(), { traffic: RUNS[1]?.progress ?? null, trafficRuns: RUNS });

/** What lies over the window, and what unfolds in it. */
export const DIALOG_SCENES: readonly Scene[] = [
  { name: 'palette', state: stateOf(five()), go: command({ kind: 'palette' }) },
  { name: 'shortcuts', state: stateOf(five()), go: command({ kind: 'dialog', name: 'shortcuts' }) },
  {
    name: 'add-backend',
    state: stateOf(five()),
    go: command({ kind: 'dialog', name: 'add-backend', pool: 'users' }),
  },
  { name: 'edit-backend', state: stateOf(five()), go: backendDialog('edit-backend') },
  {
    name: 'health-check',
    state: stateOf(five()),
    answers: {
      tryProbe: { ok: true, value: { passed: true, words: 'HEAD / → 200', durationMs: 1.2, status: 200 } },
    },
    go: async (stage) => {
      await backendDialog('health-check')(stage);
      await stage.page.getByRole('dialog').getByText('HEAD / → 200').waitFor();
    },
  },
  { name: 'health-history', state: stateOf(five()), go: backendDialog('health-history', 'users-4') },
  { name: 'faults', state: stateOf(five()), go: backendDialog('faults') },
  {
    name: 'pool-settings',
    state: stateOf(five()),
    go: command({ kind: 'dialog', name: 'pool-settings', pool: 'users' }),
  },
  { name: 'listener', state: stateOf(five()), go: command({ kind: 'dialog', name: 'listener' }) },
  {
    name: 'add-listener',
    state: stateOf(five()),
    go: async (stage) => {
      await command({ kind: 'dialog', name: 'add-listener' })(stage);
      await stage.page.getByLabel('Protocol').selectOption('files');
    },
  },
  { name: 'add-pool', state: stateOf(five()), go: command({ kind: 'dialog', name: 'add-pool' }) },
  { name: 'scenario', state: stateOf(five()), go: command({ kind: 'dialog', name: 'scenario' }) },
  {
    name: 'commands',
    state: stateOf(five(), {
      config: {
        ...stateOf(null).config,
        toAllow: [
          {
            pool: 'users',
            name: 'api',
            command: 'node server.js --port $PORT',
            instances: 2,
            cwd: '/home/ada/shop',
            env: { MODE: 'fast' },
          },
        ],
      },
    }),
    go: command({ kind: 'dialog', name: 'commands' }),
  },
  {
    name: 'find-servers',
    state: stateOf(five()),
    answers: { findServers: FOUND },
    go: async (stage) => {
      await command({ kind: 'find-servers' })(stage);
      await stage.page.getByRole('checkbox', { name: 'All of users-api' }).waitFor();
    },
  },
  {
    name: 'find-servers-ticked',
    state: stateOf(five()),
    answers: { findServers: FOUND, findChecks: [atHealthz('http://localhost:6001')] },
    go: async (stage) => {
      await command({ kind: 'find-servers' })(stage);
      await stage.page.getByRole('checkbox', { name: /localhost:6001/ }).check();
      await stage.page.getByText(/returned 200/).waitFor();
    },
  },
  {
    name: 'find-servers-none',
    state: stateOf(five()),
    answers: { findServers: { groups: [], silent: [], trouble: null } },
    go: command({ kind: 'find-servers' }),
  },
  {
    name: 'import',
    state: stateOf(five(), {
      importReview: {
        kind: 'nginx',
        path: '/etc/nginx/nginx.conf',
        text: '{\n  "listeners": { ":8080": { "defaultPool": "users" } },\n  "pools": { "users": { "servers": ["http://localhost:5001", "http://localhost:5002"] } }\n}\n',
        pools: [
          {
            name: 'users',
            policy: 'least-connections',
            servers: ['http://localhost:5001', 'http://localhost:5002'],
          },
        ],
        listeners: [':8080'],
        notes: [{ line: 7, words: 'unix:/tmp/a was left out: a backend is reached over TCP here.' }],
      },
    }),
    go: async ({ page }) => page.getByRole('dialog').waitFor(),
  },
  {
    name: 'scenario-report',
    state: stateOf(five(), { scenarioReport: sampleReport() }),
    go: async ({ page }) => {
      await page.getByRole('button', { name: 'Rehearse a scenario' }).click();
      await page.getByRole('menuitem', { name: /report/i }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'policy-lab',
    state: stateOf(five()),
    answers: { comparePolicies: { ok: true, value: LAB } },
    go: async ({ page }) => {
      await page.getByRole('button', { name: 'Round robin' }).click();
      await page.getByRole('menuitem', { name: /Compare/ }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('table').first().waitFor();
    },
  },
  {
    name: 'policies',
    state: stateOf(five()),
    go: async ({ page }) => {
      await page.getByRole('button', { name: 'Round robin' }).click();
      await page.getByRole('menu').waitFor();
    },
  },
  {
    name: 'backend-menu',
    state: stateOf(five()),
    size: { width: 1280, height: 1500 },
    go: async ({ page }) => {
      await page.getByRole('button', { name: 'More for users-1' }).click();
      await page.getByRole('menu').waitFor();
    },
  },
  {
    name: 'traffic',
    state: withRuns,
    size: { width: 1280, height: 1100 },
    go: async ({ push, page }) => {
      await push('onCommand', { kind: 'send-traffic' });
      await page.getByRole('region', { name: 'Send traffic' }).waitFor();
      await page.getByRole('heading', { level: 1 }).click();
    },
  },
  {
    name: 'traffic-compared',
    state: withRuns,
    go: async ({ push, page }) => {
      await push('onCommand', { kind: 'send-traffic' });
      await page
        .getByRole('checkbox', { name: /^Compare/ })
        .first()
        .waitFor();
      for (const box of await page.getByRole('checkbox', { name: /^Compare/ }).all()) await box.check();
      await page.getByRole('button', { name: 'Compare', exact: true }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
];
