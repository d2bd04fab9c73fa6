/** @typedef {{ readonly sizePx: number, readonly png: Buffer }} Picture */

const ICO_HEADER = 6;
const ICO_ENTRY = 16;

/**
 * An icon for Windows: a table of pictures, and their PNG files.
 *
 * @param {readonly Picture[]} pictures of at most 256 px
 */
export function toIco(pictures) {
  const table = Buffer.alloc(ICO_HEADER + ICO_ENTRY * pictures.length);
  table.writeUInt16LE(1, 2);
  table.writeUInt16LE(pictures.length, 4);
  let offset = table.length;
  for (const [index, { sizePx, png }] of pictures.entries()) {
    const at = ICO_HEADER + ICO_ENTRY * index;
    // One byte each for width and height, in which 0 stands for 256.
    table.writeUInt8(sizePx % 256, at);
    table.writeUInt8(sizePx % 256, at + 1);
    table.writeUInt16LE(1, at + 4);
    table.writeUInt16LE(32, at + 6);
    table.writeUInt32LE(png.length, at + 8);
    table.writeUInt32LE(offset, at + 12);
    offset += png.length;
  }
  return Buffer.concat([table, ...pictures.map(({ png }) => png)]);
}

/**
 * What macOS calls its sizes. 16 and 32 px are there at twice the density alone: as PNG the plain ones are drawn
 * wrongly by some versions, and macOS makes them of the others.
 */
export const ICNS_TYPES = /** @type {const} */ ([
  ['ic11', 32],
  ['ic12', 64],
  ['ic07', 128],
  ['ic13', 256],
  ['ic08', 256],
  ['ic14', 512],
  ['ic09', 512],
  ['ic10', 1024],
]);

/**
 * An icon for macOS.
 *
 * @param {(sizePx: number) => Buffer} draw
 */
export function toIcns(draw) {
  const parts = ICNS_TYPES.map(([type, sizePx]) => chunk(type, draw(sizePx)));
  return chunk('icns', Buffer.concat(parts));
}

/**
 * @param {string} type four letters
 * @param {Buffer} data
 */
function chunk(type, data) {
  const head = Buffer.alloc(8, type, 'latin1');
  head.writeUInt32BE(head.length + data.length, 4);
  return Buffer.concat([head, data]);
}
