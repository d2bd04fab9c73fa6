import type { Page } from 'playwright';

/** What was drawn in a time, and what that took of the page's main thread. Milliseconds. */
export interface FrameFigures {
  readonly frames: number;
  readonly perSecond: number;
  /** From one frame to the next. */
  readonly interval: Percentiles;
  /** In the page's own frame callbacks, each frame. */
  readonly callbacks: Percentiles;
  /** Of the main thread for each frame: scripts, and everything (scripts, style, layout, painting) on average. */
  readonly scriptMs: number;
  readonly taskMs: number;
  /** Part of the time the main thread was busy, 0 to 1. */
  readonly busy: number;
  readonly longTasks: number;
  readonly longestTaskMs: number;
}

interface Percentiles {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

/** @param seconds how long is watched */
export async function measureFrames(page: Page, seconds: number): Promise<FrameFigures> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const totals = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    const of = (name: string) => (metrics.find((one) => one.name === name)?.value ?? 0) * 1_000;
    return { at: of('Timestamp'), script: of('ScriptDuration'), task: of('TaskDuration') };
  };
  const before = await totals();
  const seen = await page.evaluate(record, seconds * 1_000);
  const after = await totals();
  await session.detach();
  const frames = seen.times.length;
  const elapsedMs = after.at - before.at;
  return {
    frames,
    perSecond: round(frames / seconds),
    interval: percentiles(seen.times.slice(1).map((time, at) => time - (seen.times[at] ?? 0))),
    callbacks: percentiles(seen.costs),
    scriptMs: round((after.script - before.script) / frames),
    taskMs: round((after.task - before.task) / frames),
    busy: round((after.task - before.task) / elapsedMs),
    longTasks: seen.long.length,
    longestTaskMs: Math.round(Math.max(0, ...seen.long)),
  };
}

/** In the page: asks for every frame, and times what the page's own callbacks take in it. */
function record(forMs: number): Promise<{ times: number[]; costs: number[]; long: number[] }> {
  const ask = window.requestAnimationFrame.bind(window);
  const times: number[] = [];
  const costs: number[] = [];
  const long: number[] = [];
  let cost = 0;
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) long.push(entry.duration);
  });
  observer.observe({ type: 'longtask' });
  window.requestAnimationFrame = (callback) =>
    ask((time) => {
      const startMs = performance.now();
      callback(time);
      cost += performance.now() - startMs;
    });
  return new Promise((resolve) => {
    const endMs = performance.now() + forMs;
    const tick = (time: number) => {
      times.push(time);
      costs.push(cost);
      cost = 0;
      if (performance.now() < endMs) {
        ask(tick);
        return;
      }
      window.requestAnimationFrame = ask;
      observer.disconnect();
      resolve({ times, costs, long });
    };
    ask(tick);
  });
}

function percentiles(values: readonly number[]): Percentiles {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => round(sorted[Math.floor((sorted.length - 1) * share)] ?? 0);
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
