import type { Check } from './case.ts';
import { type Message, valuesOf } from './message.ts';

// Every check gives null when it holds, and otherwise what happened instead, worded for a table.

/** The statuses of all final answers, in order; where several are allowed, one of them. */
export function statuses(...expected: readonly (number | readonly number[])[]): Check {
  return ({ answers }) => {
    const got = answers.map((answer) => answer.status);
    const isSame = got.length === expected.length && got.every((status, at) => isOneOf(status, expected[at]));
    if (isSame) return null;
    return got.length === 0
      ? 'no answer'
      : `answered ${got.map((status) => status || 'nonsense').join(', ')}`;
  };
}

function isOneOf(status: number, allowed: number | readonly number[] | undefined): boolean {
  return typeof allowed === 'number' ? status === allowed : (allowed?.includes(status) ?? false);
}

export const closed: Check = ({ isClosed }) => (isClosed ? null : 'kept the connection open');
export const keptOpen: Check = ({ isClosed }) => (isClosed ? 'closed the connection' : null);

export const backendNothing: Check = ({ backendText, requests }) => {
  if (backendText === '') return null;
  return requests.some((request) => request.isWhole) ? 'passed the request on' : 'passed part of it on';
};

/** A beginning may have gone out before the fault came; the backend must not take it for a whole request. */
export const backendNothingWhole: Check = ({ requests }) =>
  requests.some((request) => request.isWhole) ? 'passed it on as a whole request' : null;

/** Requests at the backend by their first lines. */
export function backendLines(...expected: readonly string[]): Check {
  return ({ requests }) => {
    const got = requests.map((request) => request.startLine);
    return got.join('\n') === expected.join('\n') ? null : `sent ${shown(got.join(' + '))}`;
  };
}

export function backendRequests(count: number): Check {
  return ({ requests }) =>
    requests.length === count ? null : `sent ${requests.length} requests to the backend`;
}

export function backendConnections(count: number): Check {
  return ({ connections }) =>
    connections === count ? null : `used ${connections} connections to the backend`;
}

export const backendLetGo: Check = ({ openConnections }) =>
  openConnections === 0 ? null : 'kept the connection to the backend';

/** The last request's values of a field, in order; none at all for absent. */
export function backendField(name: string, ...values: readonly string[]): Check {
  return ({ requests }) => fieldProblem(requests.at(-1), name, values, 'sent');
}

/** What the backend has to have got, byte for byte. */
export function backendHas(bytes: string): Check {
  return ({ backendText }) => (backendText.includes(bytes) ? null : `did not pass on ${shown(bytes)}`);
}

export function backendLacks(pattern: RegExp, words: string): Check {
  return ({ backendText }) => (pattern.test(backendText) ? words : null);
}

/** The last request's body, whole. */
export function backendBody(body: string): Check {
  return ({ requests }) => bodyProblem(requests.at(-1), body);
}

export function firstBackendBody(body: string): Check {
  return ({ requests }) => bodyProblem(requests[0], body);
}

export function backendTrailer(name: string, ...values: readonly string[]): Check {
  return ({ requests }) => trailerProblem(requests.at(-1), name, values);
}

/** The last answer's values of a field, in order; none at all for absent. */
export function clientField(name: string, ...values: readonly string[]): Check {
  return ({ answers }) => fieldProblem(answers.at(-1), name, values, 'answered');
}

export function clientHas(bytes: string): Check {
  return ({ text }) => (text.includes(bytes) ? null : `did not deliver ${shown(bytes)}`);
}

export function clientLacks(pattern: RegExp, words: string): Check {
  return ({ text }) => (pattern.test(text) ? words : null);
}

/** The last answer's body, whole. */
export function clientBody(body: string): Check {
  return ({ answers }) => {
    const last = answers.at(-1);
    if (!last) return 'no answer';
    if (last.body !== body) return `delivered the body ${shown(last.body)}`;
    return last.isWhole ? null : 'left the answer without an end';
  };
}

/** Nothing after the last head. */
export const noBody: Check = ({ text }) => (text.endsWith('\r\n\r\n') ? null : 'sent a body');

export function clientTrailer(name: string, ...values: readonly string[]): Check {
  return ({ answers }) => trailerProblem(answers.at(-1), name, values);
}

export function clientFraming(...allowed: readonly Message['framing'][]): Check {
  return ({ answers }) => {
    const framing = answers.at(-1)?.framing;
    return framing && allowed.includes(framing) ? null : `framed it as ${framing ?? 'nothing'}`;
  };
}

/** Interim answers by their statuses. */
export function interims(...expected: readonly number[]): Check {
  return (seen) => {
    const got = seen.interims.map((answer) => answer.status);
    return got.join() === expected.join() ? null : `interim answers: ${got.join(', ') || 'none'}`;
  };
}

/** The client can tell that the answer is not all there. */
export const visiblyCut: Check = ({ answers, isClosed }) => {
  const last = answers.at(-1);
  if (!last) return isClosed ? null : 'no answer';
  if (last.isWhole && last.status < 500) return 'passed the cut answer off as whole';
  return isClosed || last.isWhole ? null : 'kept the connection open';
};

/** Holds when any of them does. */
export function anyOf(...alternatives: readonly (readonly Check[])[]): Check {
  return (seen) => {
    const problems = alternatives.map((checks) => checks.flatMap((check) => check(seen) ?? []));
    if (problems.some((found) => found.length === 0)) return null;
    return [...new Set(problems.flat())].join(', ');
  };
}

/** Refused before any backend has heard of it: one answer, and the connection closed. */
export function refused(...allowed: readonly number[]): readonly Check[] {
  return [statuses(allowed), closed, backendNothing];
}

/** The same for a fault in a body, whose beginning may be on its way already. */
export function refusedMidway(...allowed: readonly number[]): readonly Check[] {
  return [statuses(allowed), closed, backendNothingWhole];
}

function fieldProblem(
  message: Message | undefined,
  name: string,
  values: readonly string[],
  verb: string,
): string | null {
  if (!message) return `${verb} nothing`;
  const got = valuesOf(message, name);
  if (got.length === values.length && got.every((value, at) => value === values[at])) return null;
  return got.length === 0 ? `${verb} no ${name}` : `${verb} ${name}: ${shown(got.join(' + '))}`;
}

function bodyProblem(message: Message | undefined, body: string): string | null {
  if (!message) return 'sent nothing to the backend';
  return message.isWhole && message.body === body ? null : `sent the body ${shown(message.body)}`;
}

function trailerProblem(
  message: Message | undefined,
  name: string,
  values: readonly string[],
): string | null {
  if (!message?.isWhole) return 'no whole message';
  const got = message.trailers.filter(([other]) => other.toLowerCase() === name).map(([, value]) => value);
  if (got.join('\n') === values.join('\n')) return null;
  return got.length === 0
    ? `dropped the trailer ${name}`
    : `passed on the trailer ${name}: ${shown(got.join(' + '))}`;
}

/** Bytes as they may stand in a table. */
function shown(bytes: string): string {
  const text = JSON.stringify(bytes);
  return text.length > 60 ? `${text.slice(0, 57)}…"` : text;
}
