import { memo } from 'react';

const WIDTH = 44;
const HEIGHT = 18;

interface Props {
  readonly values: readonly number[];
  readonly colour: string;
}

/** A line without axes: the shape of the last minute. */
export const Sparkline = memo(
  function Sparkline({ values, colour }: Props) {
    const top = Math.max(1, ...values);
    const step = WIDTH / Math.max(1, values.length - 1);
    const points = values.map(
      (value, at) => `${(at * step).toFixed(1)},${(HEIGHT - 2 - (value / top) * (HEIGHT - 4)).toFixed(1)}`,
    );
    return (
      <svg width={WIDTH} height={HEIGHT} aria-hidden="true">
        <polyline
          points={points.join(' ')}
          fill="none"
          stroke={colour}
          strokeWidth="1.3"
          strokeLinejoin="round"
        />
      </svg>
    );
  },
  (before, after) =>
    before.colour === after.colour &&
    (before.values === after.values || before.values.join() === after.values.join()),
);
