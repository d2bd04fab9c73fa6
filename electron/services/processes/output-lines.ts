import { StringDecoder } from 'node:string_decoder';
import { escapeControls } from '../../../shared/text/control-characters.ts';
import { LINES_KEPT, type OutputLine, type OutputStream } from '../../../shared/view/output-line.ts';
import { stripEscapeSequences } from './escape-sequences.ts';

/** Characters kept of one line; what is behind them is left out. */
export const LINE_LENGTH = 2_000;

interface Unfinished {
  readonly decoder: StringDecoder;
  /** The line as a terminal would show it so far. */
  text: string;
  isCut: boolean;
  /** A carriage return came last: what follows it writes over the line. */
  isReturned: boolean;
}

/**
 * What a process wrote last. Colours and cursor moves are stripped: the window shows text, and what a process writes
 * must not reach the terminal of whoever reads it. Time is linear in what is written, whatever it is: a service may log
 * what its clients send, and this runs on the thread that also balances on the command line.
 */
export class OutputLines {
  #lines: OutputLine[] = [];
  #count = 0;
  readonly #onLine: (line: OutputLine) => void;
  readonly #unfinished: Record<OutputStream, Unfinished> = { stdout: unfinished(), stderr: unfinished() };

  constructor(onLine: (line: OutputLine) => void = () => undefined) {
    this.#onLine = onLine;
  }

  add(stream: OutputStream, bytes: Uint8Array): void {
    this.#take(stream, this.#unfinished[stream].decoder.write(Buffer.from(bytes)));
  }

  /** The process has ended: what it wrote last is a line, whether it ended it or not. */
  end(): void {
    for (const stream of ['stdout', 'stderr'] as const) {
      const last = this.#unfinished[stream];
      this.#take(stream, last.decoder.end());
      if (last.text !== '') this.#finish(stream);
    }
  }

  /** A line of Switchyard's own, between those of the process. */
  note(text: string): void {
    this.#push('stderr', text);
  }

  /** @returns the lines after the one with this id, oldest first; all that are kept for 0, or an id not reached here */
  since(id: number): readonly OutputLine[] {
    if (id > this.#count) return this.since(0);
    return this.#lines.slice(-LINES_KEPT).filter((line) => line.id > id);
  }

  #take(stream: OutputStream, text: string): void {
    const [first = '', ...others] = text.split('\n');
    this.#extend(stream, first);
    for (const piece of others) {
      this.#finish(stream);
      this.#extend(stream, piece);
    }
  }

  /** A progress bar writes its line again and again; a terminal shows the last. */
  #extend(stream: OutputStream, piece: string): void {
    if (piece === '') return;
    const line = this.#unfinished[stream];
    const end = withoutReturns(piece);
    if (end > 0) {
      const start = piece.lastIndexOf('\r', end - 1) + 1;
      if (start > 0 || line.isReturned) {
        line.text = '';
        line.isCut = false;
      }
      const room = RAW_LENGTH - line.text.length;
      line.isCut ||= end - start > room;
      line.text += piece.slice(start, Math.min(end, start + room));
    }
    line.isReturned = end < piece.length;
  }

  #finish(stream: OutputStream): void {
    const line = this.#unfinished[stream];
    const text = plain(line.text);
    const isCut = line.isCut || text.length > LINE_LENGTH;
    this.#push(stream, isCut ? `${text.slice(0, LINE_LENGTH)}…` : text);
    line.text = '';
    line.isCut = false;
    line.isReturned = false;
  }

  #push(stream: OutputStream, text: string): void {
    this.#count += 1;
    const line = { id: this.#count, stream, text: copied(escapeControls(text)) };
    this.#lines.push(line);
    this.#onLine(line);
    // Cut now and then rather than with each line.
    if (this.#lines.length >= 2 * LINES_KEPT) this.#lines = this.#lines.slice(-LINES_KEPT);
  }
}

/** Room for the colours of a line of full length. */
const RAW_LENGTH = 4 * LINE_LENGTH;

function unfinished(): Unfinished {
  return { decoder: new StringDecoder('utf8'), text: '', isCut: false, isReturned: false };
}

/** The length of a text without the carriage returns at its end. */
function withoutReturns(text: string): number {
  let end = text.length;
  while (end > 0 && text[end - 1] === '\r') end--;
  return end;
}

function plain(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out; a tab stays.
  return stripEscapeSequences(text).replace(/[\u0000-\u0008\u000a-\u001f\u007f-\u009f]/g, '');
}

/** A slice would keep all of what it was cut from in memory: 64 KB for a line of a few characters. */
function copied(text: string): string {
  return Buffer.from(text).toString();
}
