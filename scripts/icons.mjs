import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toIcns, toIco } from './icon-containers.mjs';

const LINUX_SIZES = [16, 24, 32, 48, 64, 128, 256, 512, 1024];
const WINDOWS_SIZES = [16, 20, 24, 32, 40, 48, 64, 256];
/** Up to here the drawing made for a grid of sixteen is the clearer one. */
const SMALL_PX = 32;

/**
 * Draws the icons of the app and of its files, in every size and format the packages want.
 *
 * @param {string} source the folder with the drawings
 * @param {string} folder where they go
 */
export async function drawIcons(source, folder) {
  const { Resvg } = await import('@resvg/resvg-js');
  const [large, small, document] = await Promise.all(
    ['icon.svg', 'icon-small.svg', 'document.svg'].map((name) => readFile(join(source, name), 'utf8')),
  );
  /** @param {string | undefined} svg @param {number} sizePx */
  const draw = (svg, sizePx) =>
    new Resvg(svg ?? '', { fitTo: { mode: 'width', value: sizePx } }).render().asPng();
  /** @param {number} sizePx */
  const app = (sizePx) => draw(sizePx <= SMALL_PX ? small : large, sizePx);
  /** @param {number} sizePx */
  const file = (sizePx) => draw(document, sizePx);
  /** @param {(sizePx: number) => Buffer} picture */
  const ico = (picture) => toIco(WINDOWS_SIZES.map((sizePx) => ({ sizePx, png: picture(sizePx) })));
  await mkdir(join(folder, 'linux'), { recursive: true });
  await Promise.all([
    ...LINUX_SIZES.map((px) => writeFile(join(folder, 'linux', `${px}x${px}.png`), app(px))),
    writeFile(join(folder, 'icon.ico'), ico(app)),
    writeFile(join(folder, 'icon.icns'), toIcns(app)),
    writeFile(join(folder, 'document.png'), file(256)),
    writeFile(join(folder, 'document.icns'), toIcns(file)),
  ]);
}
