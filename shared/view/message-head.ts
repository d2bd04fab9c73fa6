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
 * @param text of a head: lines with CRLF, one character a byte
 * @returns with what was UTF-8 as it reads; what was not stays one character a byte
 */
export function parseHead(text: string): MessageHead {
  const lineEnd = text.indexOf('\r\n');
  const fields = fieldsOf(text).map(({ name, value }) => ({ name, value: readable(value) }));
  return { line: readable(text.slice(0, lineEnd)), fields };
}

/** The fields of a head, one character a byte. */
export function fieldsOf(text: string): readonly HeaderField[] {
  const [, ...lines] = text.split('\r\n');
  return lines.filter(Boolean).map((one) => {
    const colon = one.indexOf(':');
    // Only in a request that was refused for it.
    if (colon === -1) return { name: one, value: '' };
    return { name: one.slice(0, colon), value: one.slice(colon + 1).trim() };
  });
}

/** Null without one; of several, the first. */
export function headerOf({ fields }: Pick<MessageHead, 'fields'>, name: string): string | null {
  const wanted = name.toLowerCase();
  return fields.find((field) => field.name.toLowerCase() === wanted)?.value ?? null;
}

/** The text that bytes are in UTF-8; the bytes as they are where they are something else. @param text one character a byte */
export function readable(text: string): string {
  return decoded(text) ?? text;
}

/** @param text one character a byte */
export function isUtf8Text(text: string): boolean {
  return decoded(text) !== null;
}

function decoded(text: string): string | null {
  if (!/[\x80-\xff]/.test(text)) return text;
  try {
    return decodeURIComponent(
      text.replace(/[%\x80-\xff]/g, (one) => `%${one.charCodeAt(0).toString(16).padStart(2, '0')}`),
    );
  } catch {
    return null;
  }
}
