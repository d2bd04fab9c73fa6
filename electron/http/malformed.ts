/** What is wrong with a message, and the status it earns its sender when that is a client. */
export type MalformedCode =
  | 'bad-request-line'
  | 'bad-status-line'
  | 'bad-field'
  | 'bad-host'
  | 'bad-framing'
  | 'bad-chunk'
  | 'bad-line-end'
  | 'unsupported-version'
  | 'head-too-large'
  | 'target-too-long'
  | 'body-too-large';

const STATUS: Readonly<Record<MalformedCode, number>> = {
  'bad-request-line': 400,
  'bad-status-line': 400,
  'bad-field': 400,
  'bad-host': 400,
  'bad-framing': 400,
  'bad-chunk': 400,
  'bad-line-end': 400,
  'unsupported-version': 505,
  'head-too-large': 431,
  'target-too-long': 414,
  'body-too-large': 413,
};

/** A message that must not be passed on. Parsers return it in place of what they were asked for. */
export class Malformed {
  readonly code: MalformedCode;
  readonly status: number;
  /** One sentence for the person at the other end. */
  readonly words: string;

  constructor(code: MalformedCode, words: string) {
    this.code = code;
    this.status = STATUS[code];
    this.words = words;
  }
}
