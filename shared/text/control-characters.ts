/** What may be shown as it is, beside printable characters. */
export type AllowedControls = 'none' | 'line-breaks';

/**
 * C0, DEL and C1 (terminals obey them), the bidirectional controls of Unicode (property `Bidi_Control`: they show text in
 * another order than the one it is read in), and the two line breaks that only some programs take for one. Tabs may pass.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is escaped.
const CONTROLS = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;
const CONTROLS_BUT_LINE_FEED =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is escaped.
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/**
 * Makes text from somebody else safe to show in a terminal: every control character is written as `\u001b`. That is how
 * JSON writes it in a string, so JSON text keeps its meaning.
 * @param allowed `line-breaks` for text of several lines; a line feed in a one-line message would forge a second message
 */
export function escapeControls(text: string, allowed: AllowedControls = 'none'): string {
  return text.replace(allowed === 'none' ? CONTROLS : CONTROLS_BUT_LINE_FEED, escaped);
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
