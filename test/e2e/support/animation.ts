import { applyPalette, GIFEncoder, quantize } from 'gifenc';
import { PNG } from 'pngjs';

export interface Frame {
  readonly png: Buffer;
  /** How long it is shown. */
  readonly ms: number;
}

/** One more is for what has not changed since the frame before. */
const COLOURS = 255;
const UNCHANGED = COLOURS;
/** Every frame lies on the one before. */
const KEEP = 1;

/** A GIF of frames of one size, in the colours of the last one. */
export function animationOf(frames: readonly Frame[]): Uint8Array {
  const pictures = frames.map(({ png }) => PNG.sync.read(png));
  const last = pictures.at(-1);
  if (!last) throw new Error('An animation needs a frame.');
  const palette = quantize(last.data, COLOURS);
  const colours = [...palette];
  while (colours.length <= UNCHANGED) colours.push([0, 0, 0]);
  const gif = GIFEncoder();
  let before: Uint8Array | null = null;
  pictures.forEach(({ width, height, data }, at) => {
    const now = applyPalette(data, palette);
    const drawn = before
      ? now.map((colour, pixel) => (colour === before?.[pixel] ? UNCHANGED : colour))
      : now;
    gif.writeFrame(drawn, width, height, {
      ...(at === 0 ? { palette: colours } : {}),
      delay: frames[at]?.ms ?? 0,
      transparent: true,
      transparentIndex: UNCHANGED,
      dispose: KEEP,
    });
    before = now;
  });
  gif.finish();
  return gif.bytes();
}
