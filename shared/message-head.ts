export interface HeaderField {
  readonly name: string;
  readonly value: string;
}

/** A head as it was on the wire, taken apart. */
export interface MessageHead {
  /** The request line or the status line. */
  readonly line: string;
  /** In their order and case, with duplicates. */
  readonly fields: readonly HeaderField[];
}

/**
 * @param text of a head that the wire has let through: lines with CRLF, one character a byte
 * @returns with what was UTF-8 as it reads; what was not stays one character a byte
 */
export function parseHead(text: string): MessageHead {
  const [line = '', ...rest] = text.split('\r\n').map(readable);
  const fields = rest.filter(Boolean).map((one) => {
    const colon = one.indexOf(':');
    return { name: one.slice(0, colon), value: one.slice(colon + 1).trim() };
  });
  return { line, fields };
}

/** Null without one; of several, the first. */
export function headerOf({ fields }: MessageHead, name: string): string | null {
  const wanted = name.toLowerCase();
  return fields.find((field) => field.name.toLowerCase() === wanted)?.value ?? null;
}

function readable(text: string): string {
  try {
    return decodeURIComponent(escaped(text));
  } catch {
    return text;
  }
}

/** Bytes beyond ASCII, and the sign that begins an escape, as `%XX`. */
function escaped(text: string): string {
  return text.replace(/[%\x80-\xff]/g, (one) => `%${one.charCodeAt(0).toString(16).padStart(2, '0')}`);
}
