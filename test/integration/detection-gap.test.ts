import { afterEach, describe, expect, it } from 'vitest';
import type { Incident } from '../../shared/view/incident.ts';
import { type Rehearsal, send, startRehearsal } from '../support/rehearsal.ts';
import { until } from '../support/until.ts';

let rehearsal: Rehearsal;
afterEach(() => rehearsal.stop());

async function ended(count = 1): Promise<readonly Incident[]> {
  const found = async () =>
    (await rehearsal.engine.snapshot()).events.flatMap((event) =>
      event.kind === 'incident' ? event.incident : [],
    );
  await until('the incident is over', async () => (await found()).length >= count);
  return found();
}

const upAgain = () =>
  until('it is up again', async () => (await rehearsal.backend('a')).health.health === 'up');

describe('the detection gap', () => {
  it('of a crash: noticed by the first request, which is rescued', async () => {
    rehearsal = await startRehearsal({ healthCheck: { interval: '10m', downInterval: '100ms' } });
    await rehearsal.fault('crash');
    expect((await rehearsal.backend('a')).incident).toMatchObject({
      cause: 'crash',
      isSimulated: true,
      failed: 0,
    });
    await new Promise((resolve) => setTimeout(resolve, 200));
    await Promise.all([send(rehearsal.engine.port), send(rehearsal.engine.port)]);
    await rehearsal.fault();
    await upAgain();
    const [incident] = await ended();
    expect(incident).toMatchObject({ cause: 'crash', failed: 0, rescued: 1, firstErrorAt: null });
    const { brokenAt = 0, markedDownAt, backAt } = incident ?? {};
    expect((markedDownAt ?? 0) - brokenAt).toBeGreaterThanOrEqual(199);
    expect(backAt).toBeGreaterThan(markedDownAt ?? 0);
  });

  it('of errors that no check sees: every client gets them, and nobody notices', async () => {
    rehearsal = await startRehearsal({ healthCheck: { interval: '100ms' } }, true);
    await rehearsal.fault('error 500 affects=traffic');
    for (let turn = 0; turn < 7; turn++) await send(rehearsal.engine.port);
    await rehearsal.fault();
    const [incident] = await ended();
    expect(incident).toMatchObject({ failed: 7, rescued: 0, markedDownAt: null });
    expect(incident?.firstErrorAt).toBeGreaterThanOrEqual(incident?.brokenAt ?? Number.NaN);
    expect(incident?.firstErrorAt).toBeLessThanOrEqual(incident?.backAt ?? Number.NaN);
  });

  it('of errors that end by themselves: over with the first good answer', async () => {
    rehearsal = await startRehearsal({}, true);
    await rehearsal.fault('error 500 first=3 affects=traffic');
    for (let turn = 0; turn < 3; turn++) await send(rehearsal.engine.port);
    expect((await rehearsal.backend('a')).incident).toMatchObject({ failed: 3 });
    await send(rehearsal.engine.port);
    expect(await ended()).toMatchObject([{ failed: 3, markedDownAt: null }]);
    expect((await rehearsal.backend('a')).incident).toBeNull();
  });

  it('of errors under outlier ejection: failed until it is ejected, back when it returns', async () => {
    rehearsal = await startRehearsal({
      outliers: { consecutive: 3, ejection: '300ms', maxEjected: 100 },
      policy: 'first-available',
    });
    await rehearsal.fault('error 500 affects=traffic for=200ms');
    for (let turn = 0; turn < 6; turn++) await send(rehearsal.engine.port);
    const [incident] = await ended();
    expect(incident).toMatchObject({ failed: 3, rescued: 0 });
    expect((incident?.backAt ?? 0) - (incident?.markedDownAt ?? 0)).toBeGreaterThan(290);
  });

  it('of answers that are cut short: their clients are counted as failed', async () => {
    rehearsal = await startRehearsal({}, true);
    await rehearsal.fault('truncate 10 affects=traffic');
    for (let turn = 0; turn < 3; turn++)
      expect((await send(rehearsal.engine.port, '/bytes/1000')).isWhole).toBe(false);
    await until('all are counted', async () => (await rehearsal.backend('a')).incident?.failed === 3);
  });

  it('of a real failure: counted from the first probe that met it', async () => {
    rehearsal = await startRehearsal({ healthCheck: { interval: '100ms', fall: 3 } }, true);
    await rehearsal.a.stop();
    await until('it is down', async () => (await rehearsal.backend('a')).health.health === 'down');
    const { incident } = await rehearsal.backend('a');
    expect(incident).toMatchObject({ cause: 'connection refused', isSimulated: false });
    // Two intervals between the first of three probes and the last.
    expect((incident?.markedDownAt ?? 0) - (incident?.brokenAt ?? 0)).toBeGreaterThan(190);
    await send(rehearsal.engine.port);
  });

  it('of a flapping backend: one for each time it goes down', async () => {
    rehearsal = await startRehearsal({ healthCheck: { interval: '100ms' } }, true);
    await rehearsal.fault('flap 200ms/200ms');
    const incidents = await ended(2);
    for (const { markedDownAt, brokenAt, backAt } of incidents) {
      expect((markedDownAt ?? 0) - brokenAt).toBeLessThan(150);
      expect((backAt ?? 0) - brokenAt).toBeGreaterThan(195);
    }
  });
});
