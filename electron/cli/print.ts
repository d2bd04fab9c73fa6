import { escapeControls } from '../../shared/text/control-characters.ts';

/**
 * Writes text of several lines. This file is the only place where the command line writes: names, paths and reasons come
 * from config files, backends and other servers, so control characters are escaped on their way to the terminal.
 * @param text with its line feeds
 */
export function print(stream: NodeJS.WritableStream, text: string): void {
  stream.write(escapeControls(text, 'line-breaks'));
}

/** @param line one fact: a line feed in it is escaped too, because it would forge a second line */
export function printLine(stream: NodeJS.WritableStream, line: string): void {
  stream.write(`${escapeControls(line)}\n`);
}
