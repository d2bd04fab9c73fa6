import { describe, expect, it } from 'vitest';
import { ExchangeLog } from '../../../../electron/engine/core/exchange-log.ts';
import { BodyCaptures } from '../../../../electron/engine/http/record/body-captures.ts';
import { HeadTape, NO_HEADS } from '../../../../electron/engine/http/record/head-tape.ts';
import type { EndedExchange } from '../../../../electron/engine/http/record/observer.ts';
import { NOT_NOTED, PickTape } from '../../../../electron/engine/pool/pick-tape.ts';
import { EXCHANGES_KEPT, LINES_A_BATCH } from '../../../../shared/view/exchange-record.ts';

function record(id: number, status = 200): EndedExchange {
  return {
    id,
    at: id,
    listener: 'l',
    pool: 'p',
    client: '127.0.0.1',
    clientPort: 50_000,
    method: 'GET',
    target: '/',
    status,
    backend: 'a',
    durationMs: 1,
    bytesIn: 0,
    bytesOut: 0,
    attempts: [],
    unserved: NOT_NOTED,
    refusal: null,
    heads: NO_HEADS,
  };
}

describe('the log', () => {
  it('tells what ended since it was last asked, once', () => {
    const log = new ExchangeLog(new PickTape(), new HeadTape(() => 0), new BodyCaptures());
    log.push(record(1));
    expect(log.begin().map(({ id }) => id)).toEqual([1]);
    log.push(record(2));
    log.push(record(3));
    const { lines, skipped } = log.next();
    expect([lines.map(({ id }) => id), skipped]).toEqual([[2, 3], 0]);
    expect(lines[0]).not.toHaveProperty('attempts');
    expect(lines[0]).not.toHaveProperty('heads');
    expect(log.next()).toEqual({ lines: [], skipped: 0 });
  });

  it('of more than a batch takes, tells all failures and some of the others, and how many it left out', () => {
    const log = new ExchangeLog(new PickTape(), new HeadTape(() => 0), new BodyCaptures());
    log.begin();
    for (let id = 1; id <= 1_000; id++) log.push(record(id, id % 100 === 0 ? 500 : 200));
    const { lines, skipped } = log.next();
    expect([lines.length, skipped]).toEqual([LINES_A_BATCH, 1_000 - LINES_A_BATCH]);
    expect(lines.filter(({ status }) => status === 500).map(({ id }) => id)).toEqual([
      100, 200, 300, 400, 500, 600, 700, 800, 900, 1_000,
    ]);
    const ids = lines.map(({ id }) => id);
    expect(ids).toEqual([...ids].sort((a, b) => a - b));
    const plain = ids.filter((id) => id % 100 !== 0);
    const gaps = plain.slice(1).map((id, at) => id - (plain[at] ?? 0));
    expect(Math.max(...gaps)).toBeLessThan(2 * Math.min(...gaps));
  });

  it('counts as left out what it has forgotten before anybody asked', () => {
    const log = new ExchangeLog(new PickTape(), new HeadTape(() => 0), new BodyCaptures());
    log.begin();
    for (let id = 1; id <= EXCHANGES_KEPT + 50; id++) log.push(record(id));
    const { lines, skipped } = log.next();
    expect(lines.length + skipped).toBe(EXCHANGES_KEPT + 50);
    expect([log.find(50), log.find(51)?.id]).toEqual([undefined, 51]);
  });
});
