import type uPlot from 'uplot';
import type { ScenarioProgress } from '../../shared/view/scenario-progress.ts';

/** When a scenario played, seconds since the epoch. */
export interface PlayedSpan {
  readonly from: number;
  /** Null while it plays. */
  readonly to: number | null;
}

const THICKNESS = 3;

/** @returns null when none has played yet */
export function playedSpan(scenario: ScenarioProgress | null): PlayedSpan | null {
  if (!scenario) return null;
  const { startedAt, steps, done, isPlaying } = scenario;
  const lastMs = steps[done - 1]?.atMs ?? 0;
  return { from: startedAt / 1_000, to: isPlaying ? null : (startedAt + lastMs) / 1_000 };
}

/** A line along the top of the areas, from the scenario's start to where it is; its steps stand above it. */
export function drawScenario(plot: uPlot, played: PlayedSpan | null, colour: string): void {
  const { min = 0, max = 0 } = plot.scales['x'] ?? {};
  if (!played || min === null || max === null || (played.to ?? max) < min || played.from > max) return;
  const { ctx, bbox } = plot;
  const from = plot.valToPos(Math.max(played.from, min), 'x', true);
  const to = plot.valToPos(Math.min(played.to ?? max, max), 'x', true);
  ctx.save();
  ctx.fillStyle = colour;
  ctx.fillRect(from, bbox.top, Math.max(to - from, 1), THICKNESS * devicePixelRatio);
  ctx.restore();
}
