import { type RefObject, useEffect, useRef } from 'react';
import { isInRotation, type LaneFigure } from '../../stores/figures.ts';
import styles from './distribution.module.css';
import { createPulseField, type PulseField } from './pulse-field.ts';

const RADIUS = 3;

interface Props {
  readonly lanes: readonly LaneFigure[];
  /** Of the batch the lanes come from, milliseconds since the epoch. */
  readonly at: number;
  /** How much of its track a share of 1 takes. */
  readonly scale: number;
  /** The tracks on screen, by backend. */
  readonly tracks: RefObject<ReadonlyMap<string, HTMLElement>>;
}

/** Requests running along all lanes, on one canvas. Draws only while there are some. */
export function PulseLayer({ lanes, at, scale, tracks }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const field = useRef<PulseField>(null);
  field.current ??= createPulseField(Math.random);
  const seen = useRef(new Map<string, number>());
  const frame = useRef(0);
  const ends = useRef(new Map<string, number>());
  ends.current = new Map(
    lanes.map(({ backend, share, entitled }) => [backend.name, (share ?? entitled ?? 0) * scale]),
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: once a batch, whatever else is drawn anew
  useEffect(() => {
    const before = seen.current;
    seen.current = new Map(lanes.map(({ backend }) => [backend.name, backend.counters.requests]));
    const isStill = window.matchMedia('(prefers-reduced-motion: reduce)').matches || document.hidden;
    if (isStill || !field.current) return;
    const risen = lanes.flatMap(({ backend }) => {
      const { name, counters } = backend;
      // Where a reason stands in the lane, nothing runs over it.
      if (!isInRotation(backend)) return [];
      const rise = counters.requests - (before.get(name) ?? counters.requests);
      return rise > 0 ? [{ lane: name, rise, p50Ms: counters.latency?.p50Ms ?? null }] : [];
    });
    field.current.add(risen, performance.now());
    if (frame.current === 0 && !field.current.isEmpty()) frame.current = requestAnimationFrame(step);
  }, [at]);

  useEffect(
    () => () => {
      cancelAnimationFrame(frame.current);
      frame.current = 0;
    },
    [],
  );

  const step = (now: number): void => {
    const isDone = !field.current || field.current.isEmpty();
    if (canvas.current && field.current)
      draw(canvas.current, field.current, now, tracks.current, ends.current);
    frame.current = isDone ? 0 : requestAnimationFrame(step);
  };

  return (
    <div className={styles.pulses} aria-hidden="true">
      <canvas ref={canvas} />
    </div>
  );
}

function draw(
  canvas: HTMLCanvasElement,
  field: PulseField,
  now: number,
  tracks: ReadonlyMap<string, HTMLElement>,
  ends: ReadonlyMap<string, number>,
): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const { clientWidth, clientHeight } = canvas;
  const ratio = devicePixelRatio;
  if (
    canvas.width !== Math.round(clientWidth * ratio) ||
    canvas.height !== Math.round(clientHeight * ratio)
  ) {
    canvas.width = Math.round(clientWidth * ratio);
    canvas.height = Math.round(clientHeight * ratio);
  }
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, clientWidth, clientHeight);
  context.fillStyle = '#ffffff';
  const places = new Map<string, { x: number; y: number; length: number }>();
  for (const { lane, progress, alpha } of field.dots(now)) {
    const track = tracks.get(lane);
    if (!track) continue;
    let place = places.get(lane);
    if (!place) {
      const length = Math.max(0, track.offsetWidth * (ends.get(lane) ?? 0) - 2 * RADIUS);
      place = { x: track.offsetLeft + RADIUS, y: track.offsetTop + track.offsetHeight / 2, length };
      places.set(lane, place);
    }
    const x = place.x + progress * place.length;
    context.globalAlpha = alpha * 0.28;
    context.beginPath();
    context.arc(x, place.y, RADIUS + 1.5, 0, 2 * Math.PI);
    context.fill();
    context.globalAlpha = alpha * 0.95;
    context.beginPath();
    context.arc(x, place.y, RADIUS, 0, 2 * Math.PI);
    context.fill();
  }
}
