import { useEffect, useRef } from 'react';
import styles from './pulses.module.css';

/** Above this many a quarter second, a pulse stands for several requests. */
const MOST_PER_BATCH = 6;
const BATCH_MS = 250;
const TRAVEL_MS = 700;

interface Props {
  /** Requests so far: every rise sends pulses along the lane. */
  readonly requests: number;
  /** Where the lane's bar ends, 0 to 1. */
  readonly width: number;
}

/** Requests running along a lane. Each batch's requests leave spread over the time until the next one. */
export function Pulses({ requests, width }: Props) {
  const layer = useRef<HTMLSpanElement>(null);
  const seen = useRef(requests);
  useEffect(() => {
    const rise = requests - seen.current;
    seen.current = requests;
    if (!layer.current || rise <= 0 || window.matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    const distance = layer.current.clientWidth * width;
    const count = Math.min(rise, MOST_PER_BATCH);
    for (let one = 0; one < count; one++) launch(layer.current, distance, (one / count) * BATCH_MS);
  }, [requests, width]);
  return <span ref={layer} className={styles.layer} aria-hidden="true" />;
}

/** The compositor moves it; it removes itself. */
function launch(layer: HTMLElement, distance: number, delay: number): void {
  const dot = document.createElement('i');
  dot.className = styles.dot ?? '';
  layer.append(dot);
  const frames = [
    { transform: 'translateX(0)', opacity: 0 },
    { opacity: 0.95, offset: 0.15 },
    { transform: `translateX(${distance}px)`, opacity: 0.35 },
  ];
  const run = dot.animate(frames, { duration: TRAVEL_MS, delay, easing: 'linear', fill: 'backwards' });
  run.onfinish = () => dot.remove();
}
