import { type MalformedCode, REFUSAL_STATUS } from '../../../../shared/view/refusal.ts';

/** A message that must not be passed on. Parsers return it in place of what they were asked for. */
export class Malformed {
  readonly code: MalformedCode;
  /** What its sender gets when that is a client. */
  readonly status: number;
  /** One sentence for the person at the other end. */
  readonly words: string;

  constructor(code: MalformedCode, words: string) {
    this.code = code;
    this.status = REFUSAL_STATUS[code];
    this.words = words;
  }
}
