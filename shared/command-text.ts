/**
 * Control characters, and those that turn the direction of writing: with them a command could look like another one to
 * whoever is asked to allow it.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
const HIDDEN = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

/** A command in quotes, with whatever cannot be seen written out. */
export function showCommand(command: string): string {
  return JSON.stringify(command).replace(
    HIDDEN,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
