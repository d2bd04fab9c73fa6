import { cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { writtenScenarios } from '../../renderer/features/scenarios/written-scenarios.ts';
import type { AppState } from '../../shared/calls/contract.ts';
import { sampleReport } from '../support/sample-report.ts';
import { backend, snapshotOf } from './fake-api.ts';
import { openApp } from './open-app.tsx';

vi.mock('uplot', () => ({
  default: class {
    setData(): void {}
    setSize(): void {}
    destroy(): void {}
  },
}));
afterEach(cleanup);

const TEXT = `{ // all
  "scenarios": {
    "bad deploy": ["at 0s: a crash", "at 1m30s: restore"],
    "wrong": ["soon: a crash"],
  }
}`;

async function openWindow(text: string, scenario: AppState['scenario'] = null) {
  const snapshot = { ...snapshotOf([backend('a')]), at: 12_000 };
  const state: AppState = {
    engine: { kind: 'running' },
    snapshot,
    config: { text, revision: 1, path: '/c.json', isDemo: false, fileIssues: [], toAllow: [] },
    processes: { commands: [], instances: [] },
    traffic: null,
    trafficRuns: [],
    scenario,
    importReview: null,
    scenarioReport: null,
    platform: 'linux',
    version: '0',
    notice: null,
  };
  return openApp(snapshot, { watch: async () => state });
}

const openMenu = async () => userEvent.click(screen.getByRole('button', { name: 'Rehearse a scenario' }));

describe('scenarios', () => {
  it('are read from the text as it is written', () => {
    expect(writtenScenarios(TEXT)).toEqual([{ name: 'bad deploy', steps: 2, lengthMs: 90_000 }]);
    expect(writtenScenarios('{ "servers": [] }')).toEqual([]);
    expect(writtenScenarios('nonsense')).toEqual([]);
  });

  it('are played from the menu', async () => {
    const fake = await openWindow(TEXT);
    await openMenu();
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Play bad deploy 2 steps, 1m30s' }));
    await waitFor(() => expect(fake.calls).toContainEqual(['playScenario', { name: 'bad deploy' }]));
  });

  it('are edited a step on each line, with what is wrong said as it is typed', async () => {
    const fake = await openWindow(TEXT);
    await openMenu();
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Edit bad deploy…' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Scenario bad deploy' }));
    const steps = dialog.getByLabelText('Steps, one on each line');
    expect(steps).toHaveProperty('value', 'at 0s: a crash\nat 1m30s: restore');
    expect(dialog.getByText('2 steps, the last at 1m30s')).toBeTruthy();
    await userEvent.type(steps, '\nsoon: a crash');
    expect(dialog.getByText(/^Line 3 has no time/)).toBeTruthy();
    expect(dialog.getByRole('button', { name: 'Save' })).toHaveProperty('disabled', true);
    await userEvent.clear(steps);
    await userEvent.type(steps, 'at 0s: a crash\n\nat 5s: restore');
    await userEvent.type(dialog.getByLabelText('Seed'), '7');
    await userEvent.click(dialog.getByText(/^Limits/));
    await userEvent.type(dialog.getByLabelText('Error rate'), '0.01');
    await userEvent.type(dialog.getByLabelText('Time to detect'), '3s');
    await userEvent.click(dialog.getByRole('button', { name: 'Save' }));
    expect(fake.calls.at(-1)).toEqual([
      'editConfig',
      {
        edit: {
          kind: 'set-scenario',
          scenario: 'bad deploy',
          written: {
            steps: ['at 0s: a crash', 'at 5s: restore'],
            seed: 7,
            limits: { errorRate: 0.01, timeToDetect: '3s' },
          },
        },
        revision: 1,
      },
    ]);
  });

  it('are removed, and the removal can be undone', async () => {
    const fake = await openWindow(TEXT);
    await openMenu();
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Edit bad deploy…' }));
    await userEvent.click(await screen.findByRole('button', { name: 'Remove' }));
    await screen.findByText('Removed scenario bad deploy.');
    expect(fake.calls.at(-1)?.[1]).toMatchObject({ edit: { scenario: 'bad deploy', written: null } });
    expect(screen.getByRole('button', { name: 'Undo' })).toBeTruthy();
  });

  it('say what they are where there are none', async () => {
    await openWindow('{ "servers": ["http://a"] }');
    await openMenu();
    expect(await screen.findByText(/A scenario is a timeline of failure/)).toBeDefined();
    await userEvent.click(screen.getByRole('menuitem', { name: 'New scenario…' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'New scenario' }));
    expect(dialog.getByRole('button', { name: 'Save' })).toHaveProperty('disabled', true);
  });

  it('have their report shown when they are over, and saved', async () => {
    const fake = await openWindow(TEXT);
    expect(screen.queryByText(/^Scenario/)).toBeNull();
    fake.push('scenario:report', sampleReport());
    await screen.findByText(/failed: client-visible errors 4 of 1200 requests, wanted 0 at most\./);
    await userEvent.click(screen.getByRole('button', { name: 'Show the report' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Report of bad-deploy' }));
    expect(dialog.getByText('Failed', { selector: 'b' })).toBeTruthy();
    expect(dialog.getAllByText('kept')).toHaveLength(2);
    expect(dialog.getByRole('cell', { name: '20.4s' })).toBeTruthy();
    await userEvent.click(dialog.getByRole('button', { name: 'Save…' }));
    await screen.findByText('The report is in /tmp/report.html.');
    const [close] = dialog.getAllByRole('button', { name: 'Close' });
    if (close) await userEvent.click(close);
    const [dismiss] = screen.getAllByRole('button', { name: 'Dismiss' });
    if (dismiss) await userEvent.click(dismiss);
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Show the report' })).toBeNull());
    await openMenu();
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Report of bad-deploy…' }));
    await screen.findByRole('dialog', { name: 'Report of bad-deploy' });
  });

  it('show how far the one that plays has got, and are stopped there', async () => {
    const steps = [
      { atMs: 0, text: 'a crash' },
      { atMs: 15_000, text: 'restore' },
    ];
    const fake = await openWindow(TEXT, {
      name: 'bad deploy',
      seed: null,
      steps,
      startedAt: 2_000,
      done: 1,
      isPlaying: true,
    });
    expect(screen.getByText(/1 of 2 steps done, next in 5 s: restore/)).toBeDefined();
    await userEvent.click(screen.getByRole('button', { name: 'Stop and restore' }));
    await waitFor(() => expect(fake.calls.map(([name]) => name)).toContain('stopScenario'));
  });
});
