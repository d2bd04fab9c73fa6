import { type RefObject, useEffect, useRef } from 'react';
import type { LaneFigure } from '../../stores/figures.ts';
import { useApp } from '../../stores/use-app.ts';
import styles from './distribution.module.css';
import { drawPulses, type LanePlace, type PulseColours } from './draw-pulses.ts';
import { type CountedLanes, countLanes, laneBatches, stillDots } from './pulse-batches.ts';
import { createPulseField, type Dot } from './pulse-field.ts';

interface Props {
  readonly lanes: readonly LaneFigure[];
  /** Of the batch the lanes come from, milliseconds since the epoch. */
  readonly at: number;
  /** How much of its track a share of 1 takes. */
  readonly scale: number;
  /** Nothing may move. */
  readonly isStill: boolean;
  /** The tracks on screen, by backend. */
  readonly tracks: RefObject<ReadonlyMap<string, HTMLElement>>;
}

/** Requests in flight on all lanes, on one canvas. Draws only while something moves. */
export function PulseLayer({ lanes, at, scale, isStill, tracks }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const surface = useRef<OffscreenCanvas>(null);
  const field = useRef(createPulseField(Math.random));
  const seen = useRef<CountedLanes>(new Map());
  const frame = useRef(0);
  const places = useRef<ReadonlyMap<string, LanePlace>>(new Map());
  const theme = useApp((state) => state.drawnTheme);
  const colours = useRef<PulseColours>({ plain: '', failed: '', edge: '' });

  // biome-ignore lint/correctness/useExhaustiveDependencies: colours follow the theme
  useEffect(() => {
    if (!canvas.current) return;
    const style = getComputedStyle(canvas.current);
    const token = (name: string) => style.getPropertyValue(name).trim();
    colours.current = { plain: '#ffffff', failed: token('--bad'), edge: token('--pulse-edge') };
  }, [theme]);

  const draw = (dots: readonly Dot[]): void => {
    if (surface.current) drawPulses(surface.current, dots, places.current, colours.current);
  };
  const step = (now: number): void => {
    draw(field.current.dots(now));
    frame.current = field.current.isMoving(now) ? requestAnimationFrame(step) : 0;
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: once a batch, whatever else is drawn anew
  useEffect(() => {
    const batches = laneBatches(lanes, seen.current);
    seen.current = countLanes(lanes);
    if (document.hidden || !canvas.current) return;
    // Its frames go past the page, which would be painted anew for each of them: with forty backends, 2 ms every time.
    surface.current ??= canvas.current.transferControlToOffscreen();
    // Measured once a batch: asked every frame, the page would be laid out every frame.
    const { box, lanes: found } = placesOn(lanes, tracks.current, scale);
    places.current = found;
    place(canvas.current, surface.current, box);
    if (isStill) {
      cancelAnimationFrame(frame.current);
      frame.current = 0;
      draw(stillDots(batches));
      return;
    }
    field.current.add(batches, performance.now());
    if (frame.current === 0) frame.current = requestAnimationFrame(step);
  }, [at]);

  useEffect(
    () => () => {
      cancelAnimationFrame(frame.current);
      frame.current = 0;
    },
    [],
  );

  return (
    <div className={styles.pulses} aria-hidden="true">
      <canvas ref={canvas} />
    </div>
  );
}

/** More than a pulse needs above and below the lanes. */
const MARGIN = 4;

interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Finds the bars, and what the canvas has to lie over and no more: what it covers is drawn every frame. */
function placesOn(
  lanes: readonly LaneFigure[],
  tracks: ReadonlyMap<string, HTMLElement>,
  scale: number,
): { readonly box: Box; readonly lanes: ReadonlyMap<string, LanePlace> } {
  const found = lanes.flatMap(({ backend, share, entitled }) => {
    const track = tracks.get(backend.name);
    if (!track) return [];
    const { offsetLeft: left, offsetTop: top, offsetWidth: width, offsetHeight: height } = track;
    return { name: backend.name, left, top, width, height, part: (share ?? entitled ?? 0) * scale };
  });
  const left = Math.min(...found.map((one) => one.left));
  const top = Math.min(...found.map((one) => one.top)) - MARGIN;
  const right = Math.max(...found.map((one) => one.left + one.width));
  const bottom = Math.max(...found.map((one) => one.top + one.height)) + MARGIN;
  return {
    box: { left, top, width: right - left, height: bottom - top },
    lanes: new Map(
      found.map((one) => [
        one.name,
        { left: one.left - left, middle: one.top + one.height / 2 - top, length: one.width * one.part },
      ]),
    ),
  };
}

/** Nothing is touched that is right already: a canvas that is given its size is empty. */
function place(canvas: HTMLCanvasElement, surface: OffscreenCanvas, { left, top, width, height }: Box): void {
  const wanted = `left: ${left}px; top: ${top}px; width: ${width}px; height: ${height}px;`;
  if (canvas.dataset['place'] === wanted) return;
  canvas.dataset['place'] = wanted;
  canvas.style.cssText = wanted;
  surface.width = Math.round(width * devicePixelRatio);
  surface.height = Math.round(height * devicePixelRatio);
}
