/**
 * Control and format characters (those that turn the direction of writing among them), line breaks, and characters that
 * show nothing: with them a command could look like another one to whoever is asked to allow it.
 */
const HIDDEN =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\u2800]/gu;

/** A command in quotes, with whatever cannot be seen written out. */
export function showCommand(command: string): string {
  return JSON.stringify(command).replace(HIDDEN, (character) =>
    character
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
  );
}

/** A text as it is where all of it can be seen; in quotes, with the rest written out, where not. */
export function showText(text: string): string {
  return text.search(HIDDEN) === -1 ? text : showCommand(text);
}
