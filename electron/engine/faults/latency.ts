import type { FaultOf } from '../../../shared/config/fault-schema.ts';
import { delayLine } from './delay-line.ts';
import type { Effect, Random } from './line.ts';

/** Shape of the tail: finite mean and variance, and yet one in a thousand comes nine scales late. */
const PARETO_SHAPE = 3;

/** The bytes of one direction come late, in their order. A new delay is drawn whenever none of them is on its way. */
export function latency(fault: FaultOf<'latency'>, random: Random): Effect {
  let drawn: number | null = drawDelay(fault, random);
  const words = `latency ${Math.round(drawn)} ms`;
  const bytes = () => {
    const delayMs = drawn ?? drawDelay(fault, random);
    drawn = null;
    return delayMs;
  };
  const stage = delayLine({ bytes, end: () => 0 });
  return fault.direction === 'to-client' ? { words, toClient: stage } : { words, toBackend: stage };
}

/**
 * uniform: from `latency - jitter` to `latency + jitter`. normal: by Box and Muller (1958), `jitter` is the standard
 * deviation. pareto: `latency` at least, beyond it a Lomax distribution of scale `jitter` and shape 3.
 *
 * @returns milliseconds, never negative
 */
export function drawDelay({ latency, jitter = 0, distribution }: FaultOf<'latency'>, random: Random): number {
  switch (distribution) {
    case 'uniform':
      return Math.max(0, latency + (random() * 2 - 1) * jitter);
    case 'normal': {
      const radius = Math.sqrt(-2 * Math.log(1 - random()));
      return Math.max(0, latency + radius * Math.cos(2 * Math.PI * random()) * jitter);
    }
    case 'pareto':
      return latency + jitter * ((1 - random()) ** (-1 / PARETO_SHAPE) - 1);
  }
}
