import type { ResponseRepair } from '../view/exchange-record.ts';

/** What was repaired, for people: one sentence each. */
export const REPAIR_WORDS: Readonly<Record<ResponseRepair, string>> = {
  'bare-lf':
    'The backend ended header lines with LF instead of CRLF. Switchyard passed them on with CRLF (RFC 9112 section 2.2).',
  folded:
    'The backend folded a header value over several lines. Switchyard joined them with a space (RFC 9112 section 5.2).',
};
