import { promisify } from 'node:util';
import { brotliDecompress, constants, gunzip, inflate, inflateRaw } from 'node:zlib';
import type { BodyView, CapturedBody } from '../../shared/view/captured-body.ts';
import type { ExchangeDetail, ExchangeView } from '../../shared/view/exchange-record.ts';
import { fieldsOf } from '../../shared/view/message-head.ts';

/** Bytes; a few that were sent may stand for many that they are not worth. */
const MOST_DECODED = 2 ** 20;

/** What has come so far is decoded, also when the end is missing. */
const PARTIAL = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: MOST_DECODED };
const PARTIAL_BROTLI = { finishFlush: constants.BROTLI_OPERATION_FLUSH, maxOutputLength: MOST_DECODED };

type Decode = (bytes: Uint8Array) => Promise<Buffer>;

const unzip: Decode = (bytes) => promisify(gunzip)(bytes, PARTIAL);
const unbrotli: Decode = (bytes) => promisify(brotliDecompress)(bytes, PARTIAL_BROTLI);
/** RFC 9110 section 8.4.1.2: with a header of zlib, which some leave out. */
const undeflate: Decode = async (bytes) =>
  ((bytes[0] ?? 0) & 15) === 8 ? promisify(inflate)(bytes, PARTIAL) : promisify(inflateRaw)(bytes, PARTIAL);

const DECODERS: ReadonlyMap<string, Decode> = new Map([
  ['gzip', unzip],
  ['x-gzip', unzip],
  ['br', unbrotli],
  ['deflate', undeflate],
]);

/** The exchange with its bodies as people read them. */
export async function viewOf(detail: ExchangeDetail): Promise<ExchangeView> {
  const { heads, bodies } = detail;
  if (!bodies) return { ...detail, bodies };
  const [request, answer] = await Promise.all([
    bodyView(bodies.request, heads?.request ?? ''),
    bodyView(bodies.answer, heads?.answer ?? ''),
  ]);
  return { ...detail, bodies: { request, answer } };
}

/** @param head of the body's message, one character a byte; empty when it is not known */
export async function bodyView(body: CapturedBody, head: string): Promise<BodyView> {
  const codings = fieldsOf(head)
    .filter(({ name }) => name.toLowerCase() === 'content-encoding')
    .flatMap(({ value }) => value.toLowerCase().split(','))
    .map((one) => one.trim())
    .filter((one) => one !== '' && one !== 'identity');
  return { ...body, codings, decoded: await undo(body.bytes, codings) };
}

/** @returns null when there is nothing to undo, or it cannot be */
async function undo(bytes: Uint8Array, codings: readonly string[]): Promise<Uint8Array | null> {
  if (codings.length === 0 || bytes.length === 0) return null;
  let decoded = bytes;
  try {
    for (const coding of codings.toReversed()) {
      const decode = DECODERS.get(coding);
      if (!decode) return null;
      decoded = await decode(decoded);
    }
  } catch {
    // Not what it says it is, or more than is worth it.
    return null;
  }
  return new Uint8Array(decoded);
}
