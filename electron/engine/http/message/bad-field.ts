import { escapeControls } from '../../../../shared/text/control-characters.ts';
import { COLON, CR, isBlank, LF } from './grammar.ts';
import { Malformed } from './malformed.ts';

/** Characters of a name that are quoted. */
const MOST_QUOTED = 60;

/**
 * What is wrong with a header line whose name does not end at a colon.
 *
 * @param nameAt where the line begins
 * @param at the first character that no name may have
 */
export function badName(text: string, nameAt: number, at: number): Malformed {
  const code = text.charCodeAt(at);
  if (at === nameAt && isBlank(code))
    return new Malformed('bad-field', 'A header line is folded (it starts with a space).');
  let lineEnd = text.indexOf('\r\n', nameAt);
  if (lineEnd === -1) lineEnd = text.length;
  const colon = text.indexOf(':', nameAt);
  if (colon === -1 || colon > lineEnd)
    return new Malformed('bad-field', `A header line has no colon: ${quote(text.slice(nameAt, lineEnd))}.`);
  if (at === nameAt && code === COLON)
    return new Malformed('bad-field', 'A header line has no name before its colon.');
  const name = text.slice(nameAt, colon);
  if (isBlank(code)) {
    let next = at;
    while (isBlank(text.charCodeAt(next))) next++;
    if (next === colon)
      return new Malformed(
        'bad-field',
        `There is a space between header ${text.slice(nameAt, at)} and its colon.`,
      );
    return new Malformed('bad-field', `There is a space in the header name ${quote(name)}.`);
  }
  if (code === CR || code === LF)
    return new Malformed('bad-line-end', `There is a line break in the header name ${quote(name)}.`);
  return new Malformed(
    'bad-field',
    `The header name ${quote(name)} has a character that no name may have: ${quote(text.charAt(at))}.`,
  );
}

/** What is wrong with a value that `code` ends, in the place of the end of its line. */
export function badValue(name: string, code: number): Malformed {
  if (code === CR || code === LF)
    return new Malformed('bad-field', `There is a line break in the value of header ${name}.`);
  const hex = code.toString(16).padStart(2, '0');
  return new Malformed('bad-field', `The value of header ${name} has a control character in it: 0x${hex}.`);
}

function quote(text: string): string {
  return `"${escapeControls(text.slice(0, MOST_QUOTED))}${text.length > MOST_QUOTED ? '…' : ''}"`;
}
