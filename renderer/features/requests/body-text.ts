import type { BodyView } from '../../../shared/view/captured-body.ts';

/** What a body is shown as. */
export interface BodyText {
  readonly kind: 'json' | 'text' | 'bytes';
  readonly text: string;
}

/** Bytes a line of a dump, as everywhere. */
const A_LINE = 16;

/**
 * A body in words: JSON with its lines broken, other text as it is, and whatever is neither as a dump.
 *
 * @param contentType as its head says; null when that says nothing
 */
export function bodyText(
  { bytes, decoded, codings, isWhole }: BodyView,
  contentType: string | null,
): BodyText {
  const plain = decoded ?? (codings.length === 0 ? bytes : null);
  const text = plain && textOf(plain);
  if (text === null) return { kind: 'bytes', text: dump(bytes) };
  const mayBeJson = /\bjson\b/i.test(contentType ?? '') || /^\s*[[{]/.test(text);
  const json = mayBeJson && isWhole ? pretty(text) : null;
  return json === null ? { kind: 'text', text } : { kind: 'json', text: json };
}

/** @returns null when it is no text; what was cut in the middle of a character ends before it */
function textOf(bytes: Uint8Array): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: text has none of those
    return /[\x00-\x08\x0e-\x1a\x1c-\x1f]/.test(text) ? null : text;
  } catch {
    return null;
  }
}

function pretty(text: string): string | null {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return null;
  }
}

/** `0000  48 69 0a                                         Hi.` */
function dump(bytes: Uint8Array): string {
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += A_LINE) {
    const line = [...bytes.subarray(at, at + A_LINE)];
    const hex = line.map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
    const seen = line.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join('');
    lines.push(`${at.toString(16).padStart(4, '0')}  ${hex.padEnd(3 * A_LINE)} ${seen}`);
  }
  return lines.join('\n');
}
