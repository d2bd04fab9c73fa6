import { StringDecoder } from 'node:string_decoder';
import { stripVTControlCharacters } from 'node:util';
import { LINES_KEPT, type OutputLine, type OutputStream } from '../../shared/output-line.ts';

/** Characters kept of one line; what is behind them is left out. */
export const LINE_LENGTH = 2_000;

interface Unfinished {
  readonly decoder: StringDecoder;
  text: string;
  isCut: boolean;
}

/**
 * What a process wrote last. Colours and cursor moves are stripped: the window shows text, and what a process writes
 * must not reach the terminal of whoever reads it.
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

  #extend(stream: OutputStream, piece: string): void {
    const line = this.#unfinished[stream];
    // A progress bar writes its line again and again; a terminal shows the last.
    const all = line.text + piece;
    const text = all.slice(all.replace(/\r+$/, '').lastIndexOf('\r') + 1);
    line.isCut ||= text.length > RAW_LENGTH;
    line.text = text.slice(0, RAW_LENGTH);
  }

  #finish(stream: OutputStream): void {
    const line = this.#unfinished[stream];
    const text = plain(line.text);
    this.#push(stream, line.isCut || text.length > LINE_LENGTH ? `${text.slice(0, LINE_LENGTH)}…` : text);
    line.text = '';
    line.isCut = false;
  }

  #push(stream: OutputStream, text: string): void {
    this.#count += 1;
    const line = { id: this.#count, stream, text };
    this.#lines.push(line);
    this.#onLine(line);
    // Cut now and then rather than with each line.
    if (this.#lines.length >= 2 * LINES_KEPT) this.#lines = this.#lines.slice(-LINES_KEPT);
  }
}

/** Room for the colours of a line of full length. */
const RAW_LENGTH = 4 * LINE_LENGTH;

function unfinished(): Unfinished {
  return { decoder: new StringDecoder('utf8'), text: '', isCut: false };
}

function plain(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out; a tab stays.
  return stripVTControlCharacters(text).replace(/[\u0000-\u0008\u000a-\u001f\u007f-\u009f]/g, '');
}
