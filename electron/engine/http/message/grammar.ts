/** Character classes of RFC 9110 section 5.6 as tables: one look-up a character, 1 for a member. */
function table(isMember: (code: number) => boolean): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, code) => (isMember(code) ? 1 : 0));
}

const TOKEN_MARKS = "!#$%&'*+-.^_`|~";
const isAlphanumeric = (code: number) => /[0-9A-Za-z]/.test(String.fromCharCode(code));

/** tchar: what field names and methods are made of (RFC 9110 section 5.6.2). */
export const TCHAR = table((code) => isAlphanumeric(code) || TOKEN_MARKS.includes(String.fromCharCode(code)));

/** Letters, digits and `-`: what names of fields are nearly always made of. */
export const PLAIN_NAME = table((code) => isAlphanumeric(code) || code === 0x2d);

/** field-vchar, space and tab (RFC 9110 section 5.5); obs-text passes, control characters do not. */
export const FIELD_VALUE = table((code) => code === 0x09 || (code >= 0x20 && code !== 0x7f));

/** Visible ASCII but `#`: what a request target may hold here (RFC 3986, and `|{}^` as browsers send them). */
export const TARGET = table((code) => code > 0x20 && code < 0x7f && code !== 0x23);

/** Digits of a hexadecimal number by their code; 255 for anything else. */
export const HEX_VALUE = Uint8Array.from({ length: 256 }, (_, code) => {
  const digit = Number.parseInt(String.fromCharCode(code), 16);
  return Number.isNaN(digit) ? 255 : digit;
});

export const CR = 0x0d;
export const LF = 0x0a;
export const SPACE = 0x20;
export const TAB = 0x09;
export const COLON = 0x3a;

export function isToken(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (TCHAR[text.charCodeAt(at)] !== 1) return false;
  return text.length > 0;
}

/** The members of a comma-separated list (RFC 9110 section 5.6.1) in lower case, empty ones left out. */
export function listMembers(value: string): string[] {
  const members: string[] = [];
  for (const part of value.split(',')) {
    const member = trimBlanks(part);
    if (member !== '') members.push(member.toLowerCase());
  }
  return members;
}

/** Without the spaces and tabs at both ends (OWS, RFC 9110 section 5.6.3). Looks at each character at most once. */
export function trimBlanks(text: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && isBlank(text.charCodeAt(from))) from++;
  while (to > from && isBlank(text.charCodeAt(to - 1))) to--;
  return text.slice(from, to);
}

export function isBlank(code: number): boolean {
  return code === SPACE || code === TAB;
}
