import { beforeEach, describe, expect, it } from 'vitest';
import { IncidentTracker } from '../../../../electron/engine/core/incident-tracker.ts';
import { incidentWords } from '../../../../shared/text/incident-words.ts';
import type { Incident } from '../../../../shared/view/incident.ts';

let nowMs: number;
let ended: Incident[];
let tracker: IncidentTracker;
beforeEach(() => {
  nowMs = 1_000;
  ended = [];
  tracker = new IncidentTracker(
    () => nowMs,
    (incident) => ended.push(incident),
  );
});
const at = (ms: number) => {
  nowMs = ms;
};

describe('an incident', () => {
  it('of a fault begins with it and ends when the backend is back', () => {
    tracker.faultBegan('crash');
    at(3_000);
    tracker.failed('traffic', 'no answer', 5);
    tracker.requestEnded(false);
    at(3_100);
    tracker.markedDown('connection refused');
    tracker.requestEnded(true);
    at(5_000);
    tracker.faultEnded();
    expect(ended).toEqual([]);
    at(6_000);
    tracker.cameBack();
    const incident = {
      cause: 'crash',
      isSimulated: true,
      brokenAt: 1_000,
      firstErrorAt: 3_000,
      markedDownAt: 3_100,
      backAt: 6_000,
      failed: 1,
      rescued: 1,
    };
    expect(ended).toEqual([incident]);
    expect(incidentWords(incident)).toBe(
      'crash noticed after 2.1s; 1 request failed, 1 rescued; over after 5s',
    );
    expect(tracker.current).toBeNull();
  });

  it('that nobody noticed ends when the fault does', () => {
    tracker.faultBegan('latency 2s');
    at(9_000);
    tracker.faultEnded();
    expect(ended).toMatchObject([{ markedDownAt: null, backAt: 9_000 }]);
    expect(ended.map(incidentWords)).toEqual([
      'latency 2s never noticed; 0 requests failed, 0 rescued; over after 8s',
    ]);
  });

  it('goes on under another fault', () => {
    tracker.faultBegan('hang');
    at(2_000);
    tracker.faultBegan('crash');
    expect(tracker.current).toMatchObject({ cause: 'crash', brokenAt: 1_000 });
  });

  it('begins anew when a backend fails again under the same fault', () => {
    tracker.faultBegan('error 500');
    tracker.markedDown('5 failures in a row');
    at(2_000);
    tracker.cameBack();
    at(3_000);
    tracker.failed('traffic', 'status 500', 100);
    expect(tracker.current).toMatchObject({ cause: 'error 500', brokenAt: 2_900, markedDownAt: null });
  });

  it('of a real failure begins with the first of those in a row', () => {
    tracker.failed('traffic', 'no answer', 10);
    tracker.requestEnded(true);
    at(1_500);
    tracker.failed('checks', 'connection refused', 1);
    tracker.succeeded('checks', 5);
    at(2_000);
    tracker.markedDown('connection refused');
    expect(tracker.current).toMatchObject({
      cause: 'connection refused',
      isSimulated: false,
      brokenAt: 990,
      markedDownAt: 2_000,
      rescued: 1,
    });
  });

  it('is none when the failures stop by themselves', () => {
    tracker.failed('traffic', 'status 500', 10);
    tracker.requestEnded(false);
    tracker.succeeded('traffic', 5);
    expect(tracker.current).toBeNull();
    tracker.cameBack();
    expect(ended).toEqual([]);
    tracker.markedDown('HEAD / answered 500');
    expect(tracker.current).toMatchObject({ failed: 0, brokenAt: 1_000 });
  });

  it('that is known from outside begins with it, and keeps its cause', () => {
    tracker.broke('its process was killed');
    at(1_400);
    tracker.failed('traffic', 'connection refused', 2);
    tracker.requestEnded(true);
    at(1_500);
    tracker.markedDown('connection refused');
    at(2_500);
    tracker.cameBack();
    expect(ended).toMatchObject([
      {
        cause: 'its process was killed',
        isSimulated: false,
        brokenAt: 1_000,
        markedDownAt: 1_500,
        rescued: 1,
      },
    ]);
    expect(ended[0]?.backAt).toBe(2_500);
  });

  it('that is known from outside has its cause and the figures of the failures that came of it', () => {
    tracker.failed('traffic', 'connection reset', 5);
    tracker.requestEnded(false);
    tracker.markedDown('connection refused');
    at(1_020);
    tracker.broke('its process exited with code 1');
    expect(tracker.current).toMatchObject({
      cause: 'its process exited with code 1',
      brokenAt: 995,
      markedDownAt: 1_000,
      failed: 1,
    });
    at(9_000);
    tracker.broke('its process exited with code 2');
    expect(tracker.current).toMatchObject({ cause: 'its process exited with code 1', brokenAt: 995 });
  });

  it('that is known from outside does not begin with a failure of long before', () => {
    tracker.failed('traffic', 'no answer', 5);
    at(5_000);
    tracker.broke('its process exited with code 1');
    expect(tracker.current).toMatchObject({ cause: 'its process exited with code 1', brokenAt: 5_000 });
  });

  it('of a fault keeps the fault as its cause when its process ends, too', () => {
    tracker.faultBegan('crash');
    tracker.broke('its process exited with code 1');
    expect(tracker.current).toMatchObject({ cause: 'crash', isSimulated: true });
  });

  it('that nobody noticed is over with the first success that set out after it', () => {
    tracker.broke('its process was paused');
    at(1_050);
    tracker.succeeded('traffic', 80);
    expect(tracker.current).not.toBeNull();
    at(1_300);
    tracker.succeeded('checks', 3);
    expect(tracker.current).toBeNull();
    expect(ended).toMatchObject([{ brokenAt: 1_000, markedDownAt: null, backAt: 1_300, failed: 0 }]);
  });
});
